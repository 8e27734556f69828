//! The error of an event, or of a whole body, that cannot be read.

use std::fmt;
use std::str::Utf8Error;

use super::position::Position;
use crate::__private::{escape_bounded, excerpt};

/// How much of the name of a type or field is kept, in characters.
const MAX_NAME_CHARS: usize = 200;

/// The error of an event, or of a whole body, that cannot be read.
///
/// The text names the position of the event in the body, its type, the field, and the line and
/// column (in bytes) in the body. Quoted text is truncated, control characters are escaped, and
/// text that looks like a token is omitted.
#[derive(Clone, PartialEq, Eq)]
pub struct EventError {
    text: String,
    index: Option<usize>,
    event_type: Option<String>,
    json: Option<String>,
}

impl EventError {
    /// Returns the index of the event in the body, from 0, or `None` if the body as a whole cannot
    /// be read.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.index
    }

    /// Returns the type of the event, such as `Microsoft.Communication.CallConnected`, if it could
    /// be read.
    #[must_use]
    pub fn event_type(&self) -> Option<&str> {
        self.event_type.as_deref()
    }

    /// Returns the event as received, with its envelope, or `None` if the body as a whole cannot be
    /// read. `Display` and `Debug` do not show the event, since it may contain a secret.
    #[must_use]
    pub fn json(&self) -> Option<&str> {
        self.json.as_deref()
    }

    pub(super) fn not_text(error: &Utf8Error) -> Self {
        Self::of_body(format!(
            "cannot read the events: invalid UTF-8 at byte {}",
            error.valid_up_to()
        ))
    }

    pub(super) fn not_json(error: &serde_json::Error) -> Self {
        Self::of_body(format!("cannot read the events: {}", described(error, Position::default())))
    }

    pub(super) fn of_data(field: &str, why: &str) -> Self {
        let field =
            if field.is_empty() { String::new() } else { format!(", `{}`", bounded(field)) };
        Self::of_body(format!("cannot read the data of the event{field}: {why}"))
    }

    /// Keeps the event that cannot be read.
    pub(super) fn with_json(mut self, json: &str) -> Self {
        self.json = Some(json.to_owned());
        self
    }

    /// Adds a remedy to the text.
    pub(crate) fn with_help(mut self, help: &str) -> Self {
        self.text += "; ";
        self.text += help;
        self
    }

    fn of_body(text: String) -> Self {
        Self { text, index: None, event_type: None, json: None }
    }

    pub(super) fn no_data(index: usize, event_type: String) -> Self {
        Self::unreadable(index, Some(event_type), "", "it has no `data`")
    }

    pub(super) fn unreadable(
        index: usize,
        event_type: Option<String>,
        field: &str,
        why: &str,
    ) -> Self {
        let event_type = event_type.as_deref().map(bounded);
        let mut text = format!("cannot read event {index}");
        if let Some(name) = &event_type {
            text += &format!(" (`{name}`)");
        }
        if !field.is_empty() {
            text += &format!(", `{}`", bounded(field));
        }
        text += &format!(": {why}");
        Self { text, index: Some(index), event_type, json: None }
    }
}

impl fmt::Debug for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventError")
            .field("text", &self.text)
            .field("index", &self.index)
            .field("event_type", &self.event_type)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for EventError {}

/// The message of serde_json, with the line and the column in the body.
pub(super) fn described(error: &serde_json::Error, position: Position) -> String {
    let text = error.to_string();
    let own = format!(" at line {} column {}", error.line(), error.column());
    let what = excerpt(text.strip_suffix(&own).unwrap_or(&text).as_bytes());
    let (line, column) = position.of(error);
    format!("{what} at line {line} column {column}")
}

fn bounded(text: &str) -> String {
    match text.char_indices().nth(MAX_NAME_CHARS) {
        Some((end, _)) => escape_bounded(&text[..end]) + "…",
        None => escape_bounded(text),
    }
}
