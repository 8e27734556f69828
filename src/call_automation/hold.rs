//! Call Media - Hold and Unhold.

use super::PlaySource;
use crate::CommunicationIdentifier;
use crate::model::request;

request! {
    /// Whom to put on hold, and what to play meanwhile.
    pub struct HoldRequest {
        /// Who is put on hold.
        target_participant: CommunicationIdentifier,
    }
    optional {
        /// What is played meanwhile.
        play_source_info: PlaySource,
        /// A text of your own that the event carries too.
        operation_context: String,
        /// Where this operation's event goes, instead of where the call's events go.
        operation_callback_uri: String,
    }
}

request! {
    /// Whom to take back from hold.
    pub struct UnholdRequest {
        /// Who is taken back; the service takes ACS users only.
        target_participant: CommunicationIdentifier,
    }
    optional {
        /// A text of your own.
        operation_context: String,
    }
}
