//! An incoming call.

use serde_json::Value;

use crate::identifier::Identifier;

/// The caller and the callee.
#[derive(Debug)]
pub(crate) struct NewIncomingCall {
    pub(crate) from: Identifier,
    pub(crate) to: Identifier,
    pub(crate) caller_display_name: String,
    /// `customContext`: SIP and VoIP headers.
    pub(crate) custom_context: Value,
}

/// A call that rings at the application.
#[derive(Clone, Debug)]
pub(crate) struct IncomingCall {
    pub(crate) from: Identifier,
    pub(crate) to: Identifier,
    pub(crate) server_call_id: String,
    pub(crate) correlation_id: String,
}
