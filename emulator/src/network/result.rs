//! The result of an operation, and the recipient of its event.

use serde_json::{Value, json};

/// The destination of the events of an operation, and its operation context.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReplyTo {
    pub(crate) operation_context: Option<String>,
    /// Overrides the connection's own.
    pub(crate) callback_uri: Option<String>,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResultInformation {
    pub(crate) code: u16,
    pub(crate) sub_code: u32,
    pub(crate) message: String,
}

impl ResultInformation {
    pub(crate) fn new(code: u16, sub_code: u32, message: impl Into<String>) -> Self {
        Self { code, sub_code, message: message.into() }
    }

    pub(super) fn success() -> Self {
        Self::new(200, 0, "The operation succeeded.")
    }

    pub(super) fn cancelled() -> Self {
        Self::new(400, 8508, "The operation was cancelled.")
    }

    pub(super) fn ended() -> Self {
        Self::new(200, 7000, "The call has ended. DiagCode: 0#7000.@")
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "code": self.code, "subCode": self.sub_code, "message": self.message })
    }
}
