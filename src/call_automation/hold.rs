//! The models of Hold and Unhold.

use super::PlaySource;
use crate::{CommunicationIdentifier, acs_model};

/// The participant to put on hold, and the audio to play to them meanwhile.
#[acs_model]
#[derive(Eq, Hash)]
pub struct HoldRequest {
    /// The participant to put on hold.
    pub target_participant: CommunicationIdentifier,
    /// The audio that the participant hears while on hold.
    pub play_source_info: Option<PlaySource>,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The participant to take off hold.
#[acs_model]
#[derive(Eq, Hash)]
pub struct UnholdRequest {
    /// The participant to take off hold. Only ACS users can be taken off hold.
    pub target_participant: CommunicationIdentifier,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    #[since("2025-05-15")]
    pub operation_callback_uri: Option<String>,
}
