//! The models of Add, Cancel Add and Remove Participant.

use std::time::Duration;

use super::CustomCallingContext;
use crate::{CommunicationIdentifier, PhoneNumberIdentifier, acs_model};

/// A participant of a call.
#[acs_model]
#[derive(Eq, Hash)]
pub struct CallParticipant {
    /// The identifier of the participant.
    pub identifier: Option<CommunicationIdentifier>,
    /// Whether the participant is muted.
    pub is_muted: Option<bool>,
    /// Whether the participant is on hold.
    pub is_on_hold: Option<bool>,
}

/// The participant to invite into a call.
#[acs_model]
#[derive(Eq, Hash)]
pub struct AddParticipantRequest {
    /// The participant to invite.
    pub participant_to_add: CommunicationIdentifier,
    /// The phone number of the caller. It is required if the participant is a phone number.
    pub source_caller_id_number: Option<PhoneNumberIdentifier>,
    /// The name of the caller, which phones and Teams users see.
    pub source_display_name: Option<String>,
    /// The time within which the participant must accept, up to 180 seconds. It is sent in whole
    /// seconds, rounded up.
    #[serde(rename = "invitationTimeoutInSeconds", with = "crate::duration::seconds")]
    pub invitation_timeout: Option<Duration>,
    /// An opaque value that the service returns in the response and in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
    /// The headers and details that the invitation contains.
    pub custom_calling_context: Option<CustomCallingContext>,
}

/// The result of [`add_participant`](super::CallConnection::add_participant): a pending invitation.
#[acs_model]
#[derive(Eq, Hash)]
pub struct AddParticipantResponse {
    /// The invited participant.
    pub participant: Option<CallParticipant>,
    /// The `operation_context` of the request.
    pub operation_context: Option<String>,
    /// The id with which the invitation can be canceled.
    pub invitation_id: Option<String>,
}

/// The invitation to cancel.
#[acs_model]
#[derive(Eq, Hash)]
pub struct CancelAddParticipantRequest {
    /// The `invitation_id` of the [`AddParticipantResponse`].
    pub invitation_id: String,
    /// An opaque value that the service returns in the response and in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The result of [`cancel_add_participant`](super::CallConnection::cancel_add_participant).
#[acs_model]
#[derive(Eq, Hash)]
pub struct CancelAddParticipantResponse {
    /// The id of the invitation.
    pub invitation_id: Option<String>,
    /// The `operation_context` of the request.
    pub operation_context: Option<String>,
}

/// The participant to remove from a call.
#[acs_model]
#[derive(Eq, Hash)]
pub struct RemoveParticipantRequest {
    /// The participant to remove.
    pub participant_to_remove: CommunicationIdentifier,
    /// An opaque value that the service returns in the response and in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The result of [`remove_participant`](super::CallConnection::remove_participant).
#[acs_model]
#[derive(Eq, Hash)]
pub struct RemoveParticipantResponse {
    /// The `operation_context` of the request.
    pub operation_context: Option<String>,
}
