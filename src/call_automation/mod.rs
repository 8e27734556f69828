//! Call Automation, api-version 2024-09-15: calls made and steered from a server.
//!
//! Each trait is a group of the specification, and each method one of its operations; a
//! [`Client`](crate::Client) has them all once the trait is in scope. The declarations are
//! ordinary user code of [`acs_operations`](crate::acs_operations).
//!
//! Source: <https://learn.microsoft.com/rest/api/communication/callautomation/operation-groups>.

mod call;
mod call_connection;
mod mute;
mod participant;

pub use call::{
    CallAutomation, CallConnectionProperties, CallConnectionState, CallIntelligenceOptions,
    CreateCallRequest,
};
pub use call_connection::CallConnection;
pub use mute::{MuteParticipantsRequest, MuteParticipantsResult};
pub use participant::CallParticipant;
