//! Naming a call from outside it.

use serde::Serialize;

/// A call that one is not part of, to join or to record it.
///
/// ```
/// use acs_rest::call_automation::CallLocator;
///
/// let call = CallLocator::server_call("aHR0cHM6Ly9jb252");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum CallLocator {
    /// A group call.
    #[serde(rename = "groupCallLocator")]
    GroupCall {
        /// The UUID that its participants joined it by.
        group_call_id: String,
    },
    /// Any call.
    #[serde(rename = "serverCallLocator")]
    ServerCall {
        /// The `server_call_id` of its properties and events.
        server_call_id: String,
    },
    /// The call of an ACS room.
    #[serde(rename = "roomCallLocator")]
    RoomCall {
        /// The id of the room.
        room_id: String,
    },
}

impl CallLocator {
    /// The group call with that id.
    pub fn group_call(group_call_id: impl Into<String>) -> Self {
        Self::GroupCall { group_call_id: group_call_id.into() }
    }

    /// The call with that `server_call_id`.
    pub fn server_call(server_call_id: impl Into<String>) -> Self {
        Self::ServerCall { server_call_id: server_call_id.into() }
    }

    /// The call of the room with that id.
    pub fn room_call(room_id: impl Into<String>) -> Self {
        Self::RoomCall { room_id: room_id.into() }
    }
}
