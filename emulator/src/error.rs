//! The errors of the service, and their JSON envelope.

use http::StatusCode;
use serde_json::json;

use crate::response::Response;

/// The error of a request that was not executed and changed nothing.
#[derive(Clone, Debug)]
pub(crate) struct ServiceError {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    target: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl ServiceError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), target: None, headers: Vec::new() }
    }

    /// The part of the request named `target` is wrong.
    pub(crate) fn bad_request(target: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message).about(target)
    }

    /// The caller did not prove who it is.
    pub(crate) fn denied(message: impl Into<String>) -> Self {
        // RFC 9110, section 11.6.1: a 401 names the schemes.
        Self::new(StatusCode::UNAUTHORIZED, "Denied", message)
            .with_header("www-authenticate", "Bearer, HMAC-SHA256")
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NotFound", message)
    }

    /// Names the part of the request that is wrong.
    pub(crate) fn about(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl From<ServiceError> for Response {
    /// A `CommunicationErrorResponse`.
    fn from(error: ServiceError) -> Self {
        let mut body = json!({ "code": error.code, "message": error.message });
        if let Some(target) = error.target {
            body["target"] = target.into();
        }
        let mut response = Self::json(error.status, &json!({ "error": body }));
        response.add_header("x-ms-error-code", error.code);
        for (name, value) in error.headers {
            response.add_header(name, &value);
        }
        response
    }
}

/// Formats text of the caller for a message: bounded, with control characters escaped.
pub(crate) fn shown(text: &str) -> String {
    shown_up_to(80, text)
}

/// Like [`shown`], with another maximum number of characters.
pub(crate) fn shown_up_to(longest: usize, text: &str) -> String {
    let mut shown: String = text.chars().take(longest).flat_map(char::escape_debug).collect();
    if text.chars().nth(longest).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_envelope_names_code_message_and_target() {
        let response = Response::from(ServiceError::bad_request("targets", "`targets` is empty"));
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(
            body,
            json!({ "error": {
                "code": "BadRequest", "message": "`targets` is empty", "target": "targets",
            } })
        );
        assert_eq!(response.header("x-ms-error-code"), Some("BadRequest"));
    }

    #[test]
    fn shown_text_is_bounded_and_escaped() {
        assert_eq!(shown("a\r\nb"), "a\\r\\nb");
        assert_eq!(shown(&"é".repeat(100)).chars().count(), 81);
    }
}
