//! The models of Answer Call, Redirect Call and Reject Call.

use super::{CallIntelligenceOptions, MediaStreamingOptions, TranscriptionOptions};
use crate::{CommunicationIdentifier, CommunicationUserIdentifier, Secret, acs_model};

/// The incoming call to answer, and the URL for its events.
#[acs_model]
#[derive(Eq)]
pub struct AnswerCallRequest {
    /// The `incomingCallContext` of the `IncomingCall` event. It is a secret: anyone who has it can
    /// answer the call.
    pub incoming_call_context: Secret,
    /// The URL for the events of the call.
    pub callback_uri: String,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The resource that recognizes and synthesizes speech for the call.
    pub call_intelligence_options: Option<CallIntelligenceOptions>,
    /// The ACS user on whose behalf the call is answered.
    pub answered_by: Option<CommunicationUserIdentifier>,
    /// The options for streaming the audio of the call.
    #[since("2025-05-15")]
    pub media_streaming_options: Option<MediaStreamingOptions>,
    /// The options for streaming a transcription of the call.
    #[since("2025-05-15")]
    pub transcription_options: Option<TranscriptionOptions>,
}

/// The incoming call to redirect, and its new target.
#[acs_model]
#[derive(Eq)]
pub struct RedirectCallRequest {
    /// The `incomingCallContext` of the `IncomingCall` event. It is a secret: anyone who has it can
    /// answer the call.
    pub incoming_call_context: Secret,
    /// The participant to call instead.
    pub target: CommunicationIdentifier,
}

/// The incoming call to reject, and the reason.
#[acs_model]
#[derive(Eq)]
pub struct RejectCallRequest {
    /// The `incomingCallContext` of the `IncomingCall` event. It is a secret: anyone who has it can
    /// answer the call.
    pub incoming_call_context: Secret,
    /// The reason that is reported to the caller.
    pub call_reject_reason: Option<CallRejectReason>,
}

/// The reason why a call is rejected.
#[acs_model]
pub enum CallRejectReason {
    /// No reason is given.
    None,
    /// The callee is busy.
    Busy,
    /// The caller is not allowed to call.
    Forbidden,
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
