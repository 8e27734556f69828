//! The error of a request that is refused.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::__private::escape_bounded;

/// The maximum length, in characters, of a text of a request that an error quotes.
const QUOTE_LIMIT: usize = 128;

/// The error of a request that could not be authenticated.
///
/// The text contains no token, is truncated, and has control characters escaped.
#[derive(Clone, Debug)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    text: String,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// The kind of a [`WebhookError`], which determines the status of the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// The request is not from Call Automation, or not for this resource. Respond with 401.
    NotAuthentic,
    /// The signing keys are unavailable. Respond with 503.
    KeysUnavailable,
}

impl WebhookErrorKind {
    /// Returns the HTTP status of the response.
    ///
    /// ```
    /// use acs_rest::webhook::WebhookErrorKind;
    ///
    /// assert_eq!(WebhookErrorKind::NotAuthentic.status(), 401);
    /// ```
    #[must_use]
    pub fn status(self) -> http::StatusCode {
        match self {
            Self::NotAuthentic => http::StatusCode::UNAUTHORIZED,
            Self::KeysUnavailable => http::StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl WebhookError {
    /// Returns the kind of the error, which determines the status of the response.
    #[must_use]
    pub fn kind(&self) -> WebhookErrorKind {
        self.kind
    }

    pub(super) fn not_authentic(text: impl Into<String>) -> Self {
        Self { kind: WebhookErrorKind::NotAuthentic, text: text.into(), source: None }
    }

    pub(super) fn keys_unavailable(reason: impl fmt::Display) -> Self {
        let text = format!("failed to fetch the Call Automation signing keys: {reason}");
        Self { kind: WebhookErrorKind::KeysUnavailable, text, source: None }
    }

    pub(super) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for WebhookError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// Quotes text of a request in backticks, truncated and escaped.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTE_LIMIT) {
        Some((end, _)) => format!("`{}…`", escape_bounded(&text[..end])),
        None => format!("`{}`", escape_bounded(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quoted_text_is_bounded_and_escaped() {
        assert_eq!(quoted("a'b\r\n\u{1b}[2J\u{202e}"), "`a'b\\r\\n\\u{1b}[2J\\u{202e}`");
        assert_eq!(quoted(&"x".repeat(9_999)), format!("`{}…`", "x".repeat(128)));
    }
}
