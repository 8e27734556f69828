//! What the service says about a failure: `CommunicationErrorResponse`, or whatever came instead.

use std::collections::BTreeMap;
use std::fmt;

use http::HeaderMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::text::shown;

/// How many `details` of an error are kept, and how deep its `innererror`s go.
const LIMIT: usize = 16;

/// The service's description of an error: `CommunicationError` of the ACS specifications.
///
/// Texts are bounded and have control characters escaped. A body of another shape is kept as the
/// [`message`](Self::message).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceError {
    code: Option<String>,
    message: Option<String>,
    target: Option<String>,
    details: Vec<ServiceError>,
    innererror: Option<Box<ServiceError>>,
}

impl ServiceError {
    /// The error code, such as `Denied`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The text for a person.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// What the error is about, such as the name of a field.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// The errors that led to this one.
    #[must_use]
    pub fn details(&self) -> &[ServiceError] {
        &self.details
    }

    /// A more specific error.
    #[must_use]
    pub fn innererror(&self) -> Option<&ServiceError> {
        self.innererror.as_deref()
    }

    /// Reads the body of an error answer. The body's code wins over the `x-ms-error-code` header.
    pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let error = serde_json::from_slice::<Fields<'_>>(body)
            .ok()
            .and_then(|answer| Some(Self::from_fields(&answer.read("error")?, LIMIT)));
        let mut error = error.unwrap_or_else(|| Self { message: excerpt(body), ..Self::default() });
        if error.code.is_none() {
            error.code =
                headers.get("x-ms-error-code").and_then(|code| code.to_str().ok()).map(shown);
        }
        error
    }

    fn from_fields(fields: &Fields<'_>, depth: usize) -> Self {
        let text = |name| fields.read::<String>(name).map(|text| shown(&text));
        let (code, message, target) = (text("code"), text("message"), text("target"));
        let Some(depth) = depth.checked_sub(1) else {
            return Self { code, message, target, ..Self::default() };
        };
        let details: Vec<&RawValue> = fields.read("details").unwrap_or_default();
        let details = details.into_iter().take(LIMIT).map(|detail| {
            let fields = serde_json::from_str(detail.get()).ok();
            fields.map(|fields| Self::from_fields(&fields, depth)).unwrap_or_default()
        });
        let innererror = fields.read("innererror").map(|inner| Self::from_fields(&inner, depth));
        Self {
            code,
            message,
            target,
            details: details.collect(),
            innererror: innererror.map(Box::new),
        }
    }
}

/// An object's fields, each still text: what is nested deeper costs no stack until it is read.
#[derive(Deserialize)]
struct Fields<'a>(#[serde(borrow)] BTreeMap<String, &'a RawValue>);

impl<'a> Fields<'a> {
    fn read<T: Deserialize<'a>>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.0.get(name)?.get()).ok()
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, &self.message) {
            (Some(code), Some(message)) => write!(f, "`{code}`: {message}"),
            (Some(text), None) | (None, Some(text)) => f.write_str(text),
            (None, None) => f.write_str("no reason given"),
        }
    }
}

fn excerpt(body: &[u8]) -> Option<String> {
    (!body.is_empty()).then(|| shown(&String::from_utf8_lossy(body)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(body: &str) -> ServiceError {
        ServiceError::read(&HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn a_nested_error_is_read_whole() {
        let error = read(
            r#"{"error":{"code":"A","message":"m","target":"t","details":[{"code":"B","message":""}],
                "innererror":{"code":"C","message":"","innererror":{"code":"D","message":""}}}}"#,
        );
        assert_eq!(
            (error.code(), error.message(), error.target()),
            (Some("A"), Some("m"), Some("t"))
        );
        assert_eq!(error.details()[0].code(), Some("B"));
        let inner = error.innererror().unwrap();
        assert_eq!((inner.code(), inner.innererror().unwrap().code()), (Some("C"), Some("D")));
    }

    #[test]
    fn a_body_of_another_shape_is_kept_as_text() {
        for body in ["<html>no</html>", "[1]", "null", r#"{"error":"x"}"#, r#"{"code":"Flat"}"#] {
            assert_eq!(read(body).message(), Some(body));
        }
        assert_eq!(read("").message(), None);
    }

    #[test]
    fn the_code_of_the_header_stands_in() {
        let mut headers = HeaderMap::new();
        headers.insert("x-ms-error-code", http::HeaderValue::from_static("FromHeader"));
        assert_eq!(ServiceError::read(&headers, b"").code(), Some("FromHeader"));
        let body = br#"{"error":{"code":"FromBody","message":""}}"#;
        assert_eq!(ServiceError::read(&headers, body).code(), Some("FromBody"));
    }

    #[test]
    fn a_deep_body_needs_little_stack() {
        let deep = format!("{}1{}", "{\"innererror\":".repeat(120), "}".repeat(120));
        let body = format!("{{\"error\":{deep}}}");
        std::thread::Builder::new()
            .stack_size(256 * 1024)
            .spawn(move || read(&body))
            .expect("a thread")
            .join()
            .expect("no overflow");
        read(&"[".repeat(60_000));
    }

    proptest! {
        #[test]
        fn any_body_is_read_within_bounds(
            body in r#"(\{"error":)?(\{"(code|message|target|innererror|details)":|\[|"\PC{0,9}"|null|[,}\]]){0,40}"#,
            bytes: Vec<u8>,
        ) {
            for body in [body.as_bytes(), &bytes] {
                let error = ServiceError::read(&HeaderMap::new(), body);
                prop_assert!(error.to_string().len() < 5 * 1024);
                prop_assert!(!error.to_string().contains(char::is_control));
            }
        }
    }
}
