//! Who is in a call, and how: Add, Cancel Add and Remove Participant.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::CustomCallingContext;
use super::time::seconds;
use crate::model::request;
use crate::{CommunicationIdentifier, PhoneNumberIdentifier};

/// One participant of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallParticipant {
    /// Who it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<CommunicationIdentifier>,
    /// Whether the participant is muted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_muted: Option<bool>,
    /// Whether the participant is on hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_on_hold: Option<bool>,
}

request! {
    /// Whom to call into the call.
    pub struct AddParticipantRequest {
        /// Who is called.
        participant_to_add: CommunicationIdentifier,
    }
    optional {
        /// The caller's number, which a phone needs.
        source_caller_id_number: PhoneNumberIdentifier,
        /// The caller's name, as a phone or a Teams user is shown it.
        source_display_name: String,
        /// How long it may ring: up to 180 seconds, sent in whole seconds, rounded up.
        #[serde(rename = "invitationTimeoutInSeconds", serialize_with = "seconds")]
        invitation_timeout: Duration,
        /// A text of your own that the result and the event carry too.
        operation_context: String,
        /// Where this operation's event goes, instead of where the call's events go.
        operation_callback_uri: String,
        /// What the invitation brings along.
        custom_calling_context: CustomCallingContext,
    }
}

/// An invitation on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AddParticipantResponse {
    /// Who is called.
    pub participant: Option<CallParticipant>,
    /// The text of the request.
    pub operation_context: Option<String>,
    /// The id by which the invitation can be taken back.
    pub invitation_id: Option<String>,
}

request! {
    /// Which invitation to take back.
    pub struct CancelAddParticipantRequest {
        /// The id that adding the participant returned.
        invitation_id: String,
    }
    optional {
        /// A text of your own that the result and the event carry too.
        operation_context: String,
        /// Where this operation's event goes, instead of where the call's events go.
        operation_callback_uri: String,
    }
}

/// An invitation that is being taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CancelAddParticipantResponse {
    /// The id of the invitation.
    pub invitation_id: Option<String>,
    /// The text of the request.
    pub operation_context: Option<String>,
}

request! {
    /// Whom to remove from the call.
    pub struct RemoveParticipantRequest {
        /// Who has to leave.
        participant_to_remove: CommunicationIdentifier,
    }
    optional {
        /// A text of your own that the result and the event carry too.
        operation_context: String,
        /// Where this operation's event goes, instead of where the call's events go.
        operation_callback_uri: String,
    }
}

/// A participant who is being removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RemoveParticipantResponse {
    /// The text of the request.
    pub operation_context: Option<String>,
}
