//! Calls that start here: Create Call and Connect.

use super::CallLocator;
use crate::model::request;
use crate::{CommunicationIdentifier, CommunicationUserIdentifier, PhoneNumberIdentifier};

request! {
    /// Whom to call, and where the events go.
    pub struct CreateCallRequest {
        /// Who is called.
        targets: [CommunicationIdentifier],
        /// The URL that the events of the call are sent to.
        callback_uri: String,
    }
    optional {
        /// The caller's number, which a phone among the targets needs.
        source_caller_id_number: PhoneNumberIdentifier,
        /// The caller's name, as a phone among the targets shows it.
        source_display_name: String,
        /// The ACS user on whose behalf the call is made.
        source: CommunicationUserIdentifier,
        /// A text of your own that the events carry too.
        operation_context: String,
        /// Where speech is recognised and made.
        call_intelligence_options: CallIntelligenceOptions,
    }
}

request! {
    /// Which call to join, and where the events go.
    pub struct ConnectRequest {
        /// The call.
        call_locator: CallLocator,
        /// The URL that the events of the call are sent to.
        callback_uri: String,
    }
    optional {
        /// A text of your own that the events carry too.
        operation_context: String,
        /// Where speech is recognised and made.
        call_intelligence_options: CallIntelligenceOptions,
    }
}

request! {
    /// Where speech is recognised and made.
    #[derive(Default)]
    pub struct CallIntelligenceOptions {}
    optional {
        /// The endpoint of an Azure AI services resource, which text to speech and the recognition
        /// of speech need.
        cognitive_services_endpoint: String,
    }
}
