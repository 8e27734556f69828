//! What the service knows of a call.

use serde::Deserialize;

use crate::model::extensible_enum;
use crate::{CommunicationIdentifier, CommunicationUserIdentifier, PhoneNumberIdentifier};

/// A call, as the service knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallConnectionProperties {
    /// The id that the operations on the call take.
    pub call_connection_id: Option<String>,
    /// The id that a [`CallLocator`](super::CallLocator) takes.
    pub server_call_id: Option<String>,
    /// Who is called.
    pub targets: Option<Vec<CommunicationIdentifier>>,
    /// How far the call has come.
    pub call_connection_state: Option<CallConnectionState>,
    /// The URL that the events of the call are sent to.
    pub callback_uri: Option<String>,
    /// The caller's number, of a call to a phone.
    pub source_caller_id_number: Option<PhoneNumberIdentifier>,
    /// The caller's name.
    pub source_display_name: Option<String>,
    /// Who calls.
    pub source: Option<CommunicationIdentifier>,
    /// The id that the service's logs know the call by.
    pub correlation_id: Option<String>,
    /// The ACS user who answered, if the answer named one.
    pub answered_by: Option<CommunicationUserIdentifier>,
    /// The number that the caller dialled, if it was one.
    pub answered_for: Option<PhoneNumberIdentifier>,
}

extensible_enum! {
    /// How far a call has come.
    pub enum CallConnectionState {
        /// The service does not know.
        Unknown = "unknown",
        /// It rings.
        Connecting = "connecting",
        /// It is up.
        Connected = "connected",
        /// It is being handed to somebody else.
        Transferring = "transferring",
        /// Somebody else has taken it.
        TransferAccepted = "transferAccepted",
        /// It is ending.
        Disconnecting = "disconnecting",
        /// It has ended.
        Disconnected = "disconnected",
    }
}
