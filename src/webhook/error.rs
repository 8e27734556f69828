//! Why a callback request was not let in.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// How much of a text from elsewhere is shown, in characters.
const SHOWN: usize = 128;

/// Why a request is not known to come from Call Automation.
///
/// Its text holds no token, is bounded, and has control characters escaped.
#[derive(Clone, Debug)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    text: String,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// Whose fault it is, and so what to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// The request is not from Call Automation, or not for this resource: answer 401.
    NotAuthentic,
    /// The keys to tell it by cannot be had now: answer 503.
    KeysUnavailable,
}

impl WebhookError {
    /// What to answer.
    #[must_use]
    pub fn kind(&self) -> WebhookErrorKind {
        self.kind
    }

    pub(super) fn not_authentic(text: impl Into<String>) -> Self {
        Self { kind: WebhookErrorKind::NotAuthentic, text: text.into(), source: None }
    }

    pub(super) fn keys_unavailable(reason: impl fmt::Display) -> Self {
        let text = format!("the keys of Call Automation cannot be had: {reason}");
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

/// Text from elsewhere in backticks, bounded; all but visible ASCII is escaped.
pub(super) fn quoted(text: &str) -> String {
    let escape = |character: char| match character {
        ' '..='~' => character.to_string(),
        other => other.escape_default().collect(),
    };
    let shown: String = text.chars().take(SHOWN).map(escape).collect();
    let rest = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("`{shown}{rest}`")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn text_from_elsewhere_is_bounded_and_escaped() {
        assert_eq!(quoted("a'b\r\n\u{1b}[2J\u{202e}"), "`a'b\\r\\n\\u{1b}[2J\\u{202e}`");
        assert_eq!(quoted(&"x".repeat(9_999)), format!("`{}…`", "x".repeat(128)));
    }
}
