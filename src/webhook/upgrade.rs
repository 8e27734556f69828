//! The request that opens a streaming socket.

use http::HeaderMap;

use super::error::{WebhookError, quoted};

/// The ids of the call in the upgrade request of a streaming socket.
///
/// [`WebhookVerifier::verify_upgrade`](super::WebhookVerifier::verify_upgrade) returns it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct StreamingUpgrade {
    /// The id by which operations address the call: `x-ms-call-connection-id`.
    pub call_connection_id: Option<String>,
    /// The id by which the logs of the service name the call: `x-ms-call-correlation-id`.
    pub correlation_id: Option<String>,
}

impl StreamingUpgrade {
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, WebhookError> {
        Ok(Self {
            call_connection_id: text(headers, "x-ms-call-connection-id")?,
            correlation_id: text(headers, "x-ms-call-correlation-id")?,
        })
    }
}

fn text(headers: &HeaderMap, name: &'static str) -> Result<Option<String>, WebhookError> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let text = value.to_str().map_err(|_| {
        let value = quoted(&String::from_utf8_lossy(value.as_bytes()));
        WebhookError::not_authentic(format!("the header `{name}` is {value}, which is not an id"))
    })?;
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}
