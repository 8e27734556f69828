//! The models of Mute.

use crate::{CommunicationIdentifier, acs_model};

/// The participants to mute.
///
/// ```
/// use acs_rest::CommunicationUserIdentifier;
/// use acs_rest::call_automation::MuteParticipantsRequest;
///
/// let user = CommunicationUserIdentifier::new("8:acs:resource_user");
/// let request = MuteParticipantsRequest::new([user]).operation_context("before the announcement");
/// ```
#[acs_model]
#[derive(Eq, Hash)]
pub struct MuteParticipantsRequest {
    /// The participants to mute. Only ACS users can be muted.
    pub target_participants: Vec<CommunicationIdentifier>,
    /// An opaque value that the service returns in the response and in related events.
    pub operation_context: Option<String>,
}

/// The result of [`mute_participants`](super::CallConnection::mute_participants).
#[acs_model]
#[derive(Eq, Hash)]
pub struct MuteParticipantsResult {
    /// The `operation_context` of the request.
    pub operation_context: Option<String>,
}
