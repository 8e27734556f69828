//! The body of a mid-call event: a CloudEvent with the common fields.

use std::time::SystemTime;

use serde_json::{Value, json};
use uuid::Uuid;

use super::connection::Connection;
use super::result::ResultInformation;
use crate::clock::rfc3339_ticks;

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
