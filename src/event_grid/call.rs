//! The events of calls, including calls that no application controls.

use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::CommunicationIdentifier;
use crate::event::lenient;
use crate::event::model::event_data;

event_data! {
    /// A call started.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events>.
    #[derive(Eq)]
    pub struct CallStarted {
        /// The participant who started the call.
        started_by: CallParticipantProperties,
        /// The id by which a [`CallLocator`](crate::call_automation::CallLocator) locates the call.
        server_call_id: String,
        /// The group of the call, if it is a group call.
        group: CallGroup,
        /// The room of the call, if the call takes place in a room.
        room: CallRoom,
        /// Whether the call has only two participants.
        is_two_party: bool,
        /// Whether the call takes place in a room.
        is_rooms_call: bool,
        /// The id that identifies the call in the logs of the service.
        correlation_id: String,
    }

    /// A call ended.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events>.
    #[derive(Eq)]
    pub struct CallEnded {
        /// The participant who started the call.
        started_by: CallParticipantProperties,
        /// The participant who ended the call.
        ended_by: CallEndedBy,
        /// Why the call ended.
        reason: CallEndReason,
        /// The length of the call.
        #[serde(rename = "callDurationInSeconds", with = "super::duration::seconds")]
        call_duration: Duration,
        /// The id by which a [`CallLocator`](crate::call_automation::CallLocator) locates the call.
        server_call_id: String,
        /// The group of the call, if it is a group call.
        group: CallGroup,
        /// The room of the call, if the call takes place in a room.
        room: CallRoom,
        /// Whether the call has only two participants.
        is_two_party: bool,
        /// Whether the call takes place in a room.
        is_rooms_call: bool,
        /// The id that identifies the call in the logs of the service.
        correlation_id: String,
    }

    /// A participant joined a call.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events>.
    #[derive(Eq)]
    pub struct CallParticipantAdded {
        /// The participant.
        user: CallParticipantProperties,
        /// The display name of the participant.
        display_name: String,
        /// The id of the participant in the call.
        participant_id: String,
        /// The user agent of the participant.
        user_agent: String,
        /// The participant who started the call.
        started_by: CallParticipantProperties,
        /// The id by which a [`CallLocator`](crate::call_automation::CallLocator) locates the call.
        server_call_id: String,
        /// The group of the call, if it is a group call.
        group: CallGroup,
        /// The room of the call, if the call takes place in a room.
        room: CallRoom,
        /// Whether the call has only two participants.
        is_two_party: bool,
        /// Whether the call takes place in a room.
        is_rooms_call: bool,
        /// The id that identifies the call in the logs of the service.
        correlation_id: String,
    }

    /// A participant left a call.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events>.
    #[derive(Eq)]
    pub struct CallParticipantRemoved {
        /// The participant.
        user: CallParticipantProperties,
        /// The display name of the participant.
        display_name: String,
        /// The id of the participant in the call.
        participant_id: String,
        /// The user agent of the participant.
        user_agent: String,
        /// The participant who started the call.
        started_by: CallParticipantProperties,
        /// The id by which a [`CallLocator`](crate::call_automation::CallLocator) locates the call.
        server_call_id: String,
        /// The group of the call, if it is a group call.
        group: CallGroup,
        /// The room of the call, if the call takes place in a room.
        room: CallRoom,
        /// Whether the call has only two participants.
        is_two_party: bool,
        /// Whether the call takes place in a room.
        is_rooms_call: bool,
        /// The id that identifies the call in the logs of the service.
        correlation_id: String,
    }

    /// The group of a call.
    #[derive(Eq)]
    pub struct CallGroup {
        /// The id of the group.
        id: String,
    }

    /// The room of a call.
    #[derive(Eq)]
    pub struct CallRoom {
        /// The id of the room.
        id: String,
    }

    /// The participant who ended a call.
    #[derive(Eq)]
    pub struct CallEndedBy {
        /// The participant.
        communication_identifier: CommunicationIdentifier,
        /// How the participant ended the call, such as `Microsoft.Communication.CommunicationIdentifier`.
        r#type: String,
        /// A human-readable name.
        name: String,
    }

    /// Why a call ended.
    #[derive(Eq)]
    pub struct CallEndReason {
        /// The status, an HTTP or SIP status code.
        code: i32,
        /// A sub-code that refines `code`.
        sub_code: i32,
        /// A human-readable text.
        phrase: String,
    }
}

/// A participant, and the role of the participant in the call.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallParticipantProperties {
    /// The participant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub communication_identifier: Option<CommunicationIdentifier>,
    /// The role in the call, such as `Presenter`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl CallParticipantProperties {
    /// Creates the properties of a participant, for tests.
    pub fn new(participant: impl Into<CommunicationIdentifier>) -> Self {
        Self { communication_identifier: Some(participant.into()), role: None }
    }
}

impl<'de> Deserialize<'de> for CallParticipantProperties {
    /// Accepts all forms that the service uses for the participant: an object next to the role, a
    /// separate object, or a raw id.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            communication_identifier: Option<CommunicationIdentifier>,
            role: Option<String>,
        }
        let value = Value::deserialize(from)?;
        if let Some(raw_id) = value.as_str() {
            return Ok(Self::new(CommunicationIdentifier::from_raw_id(raw_id)));
        }
        let wire: Wire = lenient::deserialize(&value).map_err(D::Error::custom)?;
        let identifier = match wire.communication_identifier {
            None if !value.is_null() => flat_identifier(&value).map_err(D::Error::custom)?,
            identifier => identifier,
        };
        Ok(Self { communication_identifier: identifier, role: wire.role })
    }
}

fn flat_identifier(value: &Value) -> serde_json::Result<Option<CommunicationIdentifier>> {
    let identifier: CommunicationIdentifier = lenient::deserialize(value)?;
    Ok(Some(identifier).filter(|identifier| !identifier.raw_id().is_empty()))
}
