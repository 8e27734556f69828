//! The properties of a call.

use super::{MediaStreamingSubscription, TranscriptionSubscription};
use crate::{
    CommunicationIdentifier, CommunicationUserIdentifier, PhoneNumberIdentifier, acs_model,
};

/// The properties of a call.
#[acs_model]
#[derive(Eq, Hash)]
pub struct CallConnectionProperties {
    /// The id by which operations address the call.
    pub call_connection_id: Option<String>,
    /// The id by which a [`CallLocator`](super::CallLocator) locates the call.
    pub server_call_id: Option<String>,
    /// The targets of the call.
    pub targets: Option<Vec<CommunicationIdentifier>>,
    /// The state of the call.
    pub call_connection_state: Option<CallConnectionState>,
    /// The URL for the events of the call.
    pub callback_uri: Option<String>,
    /// The phone number of the caller, if a phone is called.
    pub source_caller_id_number: Option<PhoneNumberIdentifier>,
    /// The name of the caller.
    pub source_display_name: Option<String>,
    /// The caller.
    pub source: Option<CommunicationIdentifier>,
    /// The id that identifies the call in the logs of the service.
    pub correlation_id: Option<String>,
    /// The ACS user on whose behalf the call was answered.
    pub answered_by: Option<CommunicationUserIdentifier>,
    /// The phone number that the caller dialed.
    pub answered_for: Option<PhoneNumberIdentifier>,
    /// The media stream of the call.
    #[since("2025-05-15")]
    pub media_streaming_subscription: Option<MediaStreamingSubscription>,
    /// The transcription of the call.
    #[since("2025-05-15")]
    pub transcription_subscription: Option<TranscriptionSubscription>,
}

/// The state of a call.
#[acs_model]
pub enum CallConnectionState {
    /// The state is not known to the service.
    Unknown,
    /// The call is being established.
    Connecting,
    /// The call is established.
    Connected,
    /// The call is being transferred.
    Transferring,
    /// The transfer of the call was accepted.
    TransferAccepted,
    /// The call is ending.
    Disconnecting,
    /// The call has ended.
    Disconnected,
}
