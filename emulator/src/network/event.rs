//! The body of a mid-call event: a CloudEvent with what all of them have.

use std::time::SystemTime;

use serde_json::{Value, json};
use uuid::Uuid;

use super::Connection;
use crate::clock::rfc3339_ticks;

/// Where the events of an operation go, and what they are recognised by.
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

/// The `data` of an event, with the fields of `more` that are not null.
pub(super) fn data(
    connection: &Connection,
    context: Option<&str>,
    result: &ResultInformation,
    more: Value,
) -> Value {
    let mut data = json!({
        "callConnectionId": connection.id,
        "serverCallId": connection.server_call_id,
        "correlationId": connection.correlation_id,
        "resultInformation": result.to_json(),
    });
    if let Some(context) = context {
        data["operationContext"] = context.into();
    }
    let fields = more.as_object().cloned().unwrap_or_default();
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_null()) {
        data[name] = value;
    }
    data
}

/// A CloudEvent about a connection.
pub(super) fn envelope(connection: &str, kind: &str, now: SystemTime, data: Value) -> Value {
    let source = format!("calling/callConnections/{connection}");
    json!({
        "id": Uuid::new_v4().to_string(),
        "source": source,
        "type": format!("Microsoft.Communication.{kind}"),
        "specversion": "1.0",
        "datacontenttype": "application/json",
        "subject": source,
        "time": rfc3339_ticks(now),
        "data": data,
    })
}
