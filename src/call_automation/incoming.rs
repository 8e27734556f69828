//! Calls that come in: Answer Call, Redirect Call and Reject Call.

use super::CallIntelligenceOptions;
use crate::model::{extensible_enum, request};
use crate::{CommunicationIdentifier, CommunicationUserIdentifier, Secret};

request! {
    /// Which call to take, and where its events go.
    pub struct AnswerCallRequest {
        /// The `incomingCallContext` of the `IncomingCall` event. Whoever has it can take the call.
        incoming_call_context: Secret,
        /// The URL that the events of the call are sent to.
        callback_uri: String,
    }
    optional {
        /// A text of your own that the events carry too.
        operation_context: String,
        /// Where speech is recognised and made.
        call_intelligence_options: CallIntelligenceOptions,
        /// The ACS user that answers.
        answered_by: CommunicationUserIdentifier,
    }
}

request! {
    /// Which call to hand on, and to whom.
    pub struct RedirectCallRequest {
        /// The `incomingCallContext` of the `IncomingCall` event. Whoever has it can take the call.
        incoming_call_context: Secret,
        /// Who is called instead.
        target: CommunicationIdentifier,
    }
}

request! {
    /// Which call to turn away, and why.
    pub struct RejectCallRequest {
        /// The `incomingCallContext` of the `IncomingCall` event. Whoever has it can take the call.
        incoming_call_context: Secret,
    }
    optional {
        /// What the caller is told.
        call_reject_reason: CallRejectReason,
    }
}

extensible_enum! {
    /// Why a call is turned away.
    pub enum CallRejectReason {
        /// No reason is given.
        None = "none",
        /// Nobody is free.
        Busy = "busy",
        /// The caller may not call here.
        Forbidden = "forbidden",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_is_sent_but_not_shown() {
        let answer = AnswerCallRequest::new("hidden", "https://contoso.example/events");
        let redirect = RedirectCallRequest::new("hidden", CommunicationUserIdentifier::new("u"));
        let reject = RejectCallRequest::new("hidden");
        let text = format!("{answer:?} {redirect:?} {reject:?}");
        assert!(!text.contains("hidden"), "{text}");
        let sent = serde_json::to_string(&reject).unwrap();
        assert_eq!(sent, r#"{"incomingCallContext":"hidden"}"#);
    }
}
