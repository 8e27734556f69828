//! The locator of a call.

use crate::acs_model;

/// The locator of a call to connect to or to record.
///
/// ```
/// use acs_rest::call_automation::CallLocator;
///
/// let call = CallLocator::server_call("aHR0cHM6Ly9jb252");
/// ```
#[acs_model]
#[derive(Eq, Hash)]
pub enum CallLocator {
    /// A group call.
    #[serde(rename = "groupCallLocator")]
    GroupCall {
        /// The UUID with which participants join the group call.
        group_call_id: String,
    },
    /// Any call, by the `server_call_id` of its properties and events.
    #[serde(rename = "serverCallLocator")]
    ServerCall {
        /// The `server_call_id` of the call's properties and events.
        server_call_id: String,
    },
    /// The call of an ACS room.
    #[serde(rename = "roomCallLocator")]
    RoomCall {
        /// The id of the room.
        room_id: String,
    },
}
