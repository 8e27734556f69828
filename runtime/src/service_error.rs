//! The service's description of an error: `CommunicationErrorResponse`, or another body.

use std::collections::BTreeMap;
use std::fmt;

use http::HeaderMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::sanitize::{Secrets, escape_bounded};

/// The number of `details` that an error keeps, and the maximum depth of its inner errors.
const MAX_NESTED: usize = 16;

/// The service's description of an error: `CommunicationError` of the ACS specifications.
///
/// Texts are truncated and have control characters escaped. Problem details (RFC 9457) and other
/// flat JSON objects are read too; a body that is not JSON becomes the [`message`](Self::message).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceError {
    code: Option<String>,
    message: Option<String>,
    target: Option<String>,
    details: Vec<ServiceError>,
    inner_error: Option<Box<ServiceError>>,
}

impl ServiceError {
    /// Returns the error code, such as `8522`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the human-readable message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Returns the target of the error, such as the name of a field.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// Returns the errors that led to this one.
    #[must_use]
    pub fn details(&self) -> &[ServiceError] {
        &self.details
    }

    /// Returns a more specific error.
    #[must_use]
    pub fn inner_error(&self) -> Option<&ServiceError> {
        self.inner_error.as_deref()
    }

    pub(crate) fn with_code(code: String) -> Self {
        Self { code: Some(code), ..Self::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads the body of an error response. The code of the body takes precedence over the
    /// `x-ms-error-code` header.
    pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let mut error = Self::from_body(body).unwrap_or_else(|| Self {
            message: (!body.is_empty()).then(|| escape_bounded(&String::from_utf8_lossy(body))),
            ..Self::default()
        });
        if error.code.is_none() {
            let code = headers.get("x-ms-error-code").and_then(|code| code.to_str().ok());
            error.code = code.map(escape_bounded);
        }
        error
    }

    fn from_body(body: &[u8]) -> Option<Self> {
        // A byte order mark is not JSON, and some gateways send one.
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let fields = serde_json::from_slice::<Fields<'_>>(body).ok()?;
        let error = match fields.read::<Fields<'_>>("error") {
            Some(error) => Self::from_fields(&error, MAX_NESTED),
            None => Self::from_fields(&fields, MAX_NESTED),
        };
        (error.code.is_some() || error.message.is_some()).then_some(error)
    }

    fn from_fields(fields: &Fields<'_>, depth: usize) -> Self {
        let code = fields.text("code").or_else(|| fields.text("errorCode"));
        let error = Self {
            // OAuth puts the code into `error` itself (RFC 6749, section 5.2).
            code: code.or_else(|| fields.text("error")),
            message: fields.message(),
            target: fields.text("target"),
            ..Self::default()
        };
        let Some(depth) = depth.checked_sub(1) else {
            return error;
        };
        let details: Vec<Fields<'_>> = fields.read("details").unwrap_or_default();
        let details =
            details.iter().take(MAX_NESTED).map(|detail| Self::from_fields(detail, depth));
        let details = details.chain(fields.validation_errors()).take(MAX_NESTED).collect();
        let inner = fields.read::<Fields<'_>>("innererror");
        let inner_error = inner.map(|inner| Box::new(Self::from_fields(&inner, depth)));
        Self { details, inner_error, ..error }
    }

    pub(crate) fn redact(&mut self, secrets: &Secrets) {
        for text in [&mut self.code, &mut self.message, &mut self.target].into_iter().flatten() {
            *text = secrets.redact(text).into_owned();
        }
        let inner = self.inner_error.as_deref_mut();
        self.details.iter_mut().chain(inner).for_each(|error| error.redact(secrets));
    }
}

/// The fields of an object, each unparsed: nested values need no stack until they are read.
struct Fields<'a>(BTreeMap<String, &'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = BTreeMap::<String, &'a RawValue>::deserialize(deserializer)?;
        let fields = fields.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
        Ok(Self(fields.collect()))
    }
}

impl<'a> Fields<'a> {
    /// Reads a field, whatever the case of its name.
    fn read<T: Deserialize<'a>>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.0.get(&name.to_ascii_lowercase())?.get()).ok()
    }

    /// Reads a field that should be a string. A number, a flag, or a list of these is also
    /// accepted.
    fn text(&self, name: &str) -> Option<String> {
        let text = text_of(self.0.get(&name.to_ascii_lowercase())?)?;
        (!text.is_empty()).then(|| escape_bounded(&text))
    }

    /// The message, or the `title` and `detail` of a problem (RFC 9457, section 3.1).
    fn message(&self) -> Option<String> {
        let message = self.text("message").or_else(|| self.text("error_description"));
        message.or_else(|| match (self.text("title"), self.text("detail")) {
            (Some(title), Some(detail)) => Some(format!("{title}: {detail}")),
            (title, detail) => title.or(detail),
        })
    }

    /// The `errors` of ASP.NET's problem details: messages by the name of a field.
    fn validation_errors(&self) -> impl Iterator<Item = ServiceError> + use<'a> {
        let errors: BTreeMap<String, &RawValue> = self.read("errors").unwrap_or_default();
        errors.into_iter().map(|(target, message)| ServiceError {
            target: Some(escape_bounded(&target)),
            message: text_of(message).map(|text| escape_bounded(&text)),
            ..ServiceError::default()
        })
    }
}

/// A scalar as text, or the texts of a list of scalars.
fn text_of(value: &RawValue) -> Option<String> {
    let json = value.get();
    match json.as_bytes().first()? {
        b'"' => serde_json::from_str(json).ok(),
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
            let is_scalar = |item: &&&RawValue| !item.get().starts_with(['[', '{']);
            let texts: Vec<_> = items
                .iter()
                .take(MAX_NESTED)
                .filter(is_scalar)
                .filter_map(|item| text_of(item))
                .collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        b'{' | b'n' => None,
        _ => Some(json.to_owned()),
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, &self.message) {
            (Some(code), Some(message)) => write!(f, "`{code}`: {message}"),
            (Some(text), None) | (None, Some(text)) => f.write_str(text),
            (None, None) => f.write_str("the service gave no reason"),
        }
    }
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
        for inner in ["innererror", "innerError"] {
            let error = read(&format!(
                r#"{{"error":{{"code":"A","message":"m","target":"t","details":[{{"code":"B","message":""}}],
                    "{inner}":{{"code":"C","message":"","{inner}":{{"code":"D","message":""}}}}}}}}"#,
            ));
            let texts = (error.code(), error.message(), error.target());
            assert_eq!(texts, (Some("A"), Some("m"), Some("t")));
            assert_eq!(error.details()[0].code(), Some("B"));
            let inner = error.inner_error().unwrap();
            assert_eq!((inner.code(), inner.inner_error().unwrap().code()), (Some("C"), Some("D")));
        }
    }

    #[test]
    fn other_shapes_are_read_as_far_as_they_go() {
        for (body, code, message) in [
            (r#"{"error":{"code":8522,"message":["a","b"]}}"#, Some("8522"), Some("a; b")),
            (r#"{"error":{"code":"A","message":{"lang":"en"}}}"#, Some("A"), None),
            (r#"{"code":"Flat","message":"m","traceId":"t"}"#, Some("Flat"), Some("m")),
            (r#"{"title":"Unauthorized","status":401,"message":"m"}"#, None, Some("m")),
            (r#"{"title":"Bad","detail":"no such call"}"#, None, Some("Bad: no such call")),
            (r#"{"Code":"A","Message":"m"}"#, Some("A"), Some("m")),
            (r#"{"error":"denied","error_description":"m"}"#, Some("denied"), Some("m")),
            ("\u{feff}{\"error\":{\"code\":\"A\"}}", Some("A"), None),
        ] {
            let error = read(body);
            assert_eq!((error.code(), error.message()), (code, message), "{body}");
        }
        let invalid = read(r#"{"title":"Invalid","errors":{"From":["is required","is empty"]}}"#);
        let detail = &invalid.details()[0];
        assert_eq!(
            (detail.target(), detail.message()),
            (Some("From"), Some("is required; is empty"))
        );
    }

    #[test]
    fn a_body_without_a_reason_is_kept_as_text() {
        for body in ["<html>no</html>", "[1]", "null", r#"{"SmsRecipients":["Max of 100"]}"#, "{}"]
        {
            assert_eq!(read(body).message(), Some(body));
        }
        assert!(read("").is_empty());
    }

    #[test]
    fn the_code_of_the_header_is_the_fallback() {
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
            body in r#"(\{"error":)?(\{"(code|message|title|errors|innererror|details)":|\[|"\PC{0,9}"|null|[,}\]]){0,40}"#,
            bytes: Vec<u8>,
        ) {
            for body in [body.as_bytes(), &bytes] {
                let error = ServiceError::read(&HeaderMap::new(), body);
                prop_assert!(error.to_string().len() < 7 * 1024);
                prop_assert!(!error.to_string().contains(char::is_control));
            }
        }
    }
}
