//! The models of Move Participants.

use super::CallParticipant;
use crate::{CommunicationIdentifier, acs_model};

/// The participants to move, and the call that they leave.
///
/// Since api-version 2026-03-12.
#[acs_model]
#[derive(Eq, Hash)]
pub struct MoveParticipantsRequest {
    /// The participants to move.
    pub target_participants: Vec<CommunicationIdentifier>,
    /// The `call_connection_id` of the call that the participants leave.
    pub from_call: String,
    /// An opaque value that the service returns in the response and in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The result of [`move_participants`](super::CallConnection::move_participants).
///
/// Since api-version 2026-03-12.
#[acs_model]
#[derive(Eq, Hash)]
pub struct MoveParticipantsResponse {
    /// The participants that are being moved.
    pub participants: Option<Vec<CallParticipant>>,
    /// The `operation_context` of the request.
    pub operation_context: Option<String>,
    /// The `call_connection_id` of the call that the participants leave.
    pub from_call: Option<String>,
}
