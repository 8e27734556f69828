//! A scanner of JSON text for the fields of one object, without allocations.

use std::borrow::Cow;

use memchr::memchr2;
use serde::de::IgnoredAny;

use super::error::FrameError;

/// Reads a JSON text from its start to its end.
pub(super) struct Scanner<'a> {
    text: &'a str,
    /// The number of bytes that have been read.
    position: usize,
}

/// The text of a JSON string between its quotation marks, whose escapes have not been decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct JsonText<'a> {
    pub(super) raw: &'a str,
    pub(super) has_escapes: bool,
}

impl<'a> JsonText<'a> {
    /// Whether the text is `name`, ignoring case.
    pub(super) fn is(&self, name: &str) -> bool {
        match self.has_escapes {
            false => self.raw.eq_ignore_ascii_case(name),
            true => self.decoded().is_some_and(|text| text.eq_ignore_ascii_case(name)),
        }
    }

    /// Returns the text with its escapes decoded, or `None` if an escape is not valid in JSON.
    pub(super) fn decoded(&self) -> Option<Cow<'a, str>> {
        if !self.has_escapes {
            return Some(Cow::Borrowed(self.raw));
        }
        serde_json::from_str(&format!("\"{}\"", self.raw)).ok().map(Cow::Owned)
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, position: 0 }
    }

    /// Enters an object. Returns `false` for any other value.
    pub(super) fn object(&mut self) -> bool {
        self.accept(b'{')
    }

    /// Reads the name of the next field of the object, whose value follows. Returns `None` at the
    /// end of the object. `is_first` states that no field has been read before.
    pub(super) fn field(&mut self, is_first: bool) -> Result<Option<JsonText<'a>>, FrameError> {
        if self.accept(b'}') {
            return Ok(None);
        }
        if !is_first {
            self.expect(b',')?;
        }
        let name = self.string()?;
        self.expect(b':')?;
        Ok(Some(name))
    }

    /// Reads a string, or returns `None` for any other value.
    pub(super) fn optional_string(&mut self) -> Result<Option<JsonText<'a>>, FrameError> {
        match self.peek() {
            Some(b'"') => self.string().map(Some),
            _ => Ok(None),
        }
    }

    fn string(&mut self) -> Result<JsonText<'a>, FrameError> {
        self.expect(b'"')?;
        let start = self.position;
        let mut has_escapes = false;
        loop {
            let rest = self.text.as_bytes().get(self.position..).unwrap_or_default();
            let Some(length) = memchr2(b'"', b'\\', rest) else { return Err(self.end_of_text()) };
            self.position += length;
            if rest[length] == b'"' {
                break;
            }
            has_escapes = true;
            self.position += 2;
        }
        let raw = self.text.get(start..self.position).ok_or_else(|| self.unexpected())?;
        self.position += 1;
        Ok(JsonText { raw, has_escapes })
    }

    /// Reads `true` or `false`, or returns `None` for any other value.
    pub(super) fn optional_bool(&mut self) -> Option<bool> {
        self.peek()?;
        let rest = &self.text.as_bytes()[self.position..];
        let (value, length) = match rest {
            [b't', b'r', b'u', b'e', ..] => (true, 4),
            [b'f', b'a', b'l', b's', b'e', ..] => (false, 5),
            _ => return None,
        };
        self.position += length;
        Some(value)
    }

    /// Reads any value, as JSON.
    pub(super) fn value(&mut self) -> Result<&'a str, FrameError> {
        self.peek().ok_or_else(|| self.end_of_text())?;
        let rest = self.text.get(self.position..).ok_or_else(|| self.unexpected())?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        match values.next() {
            Some(Ok(_)) => {}
            Some(Err(error)) if error.is_eof() => return Err(self.end_of_text()),
            _ => return Err(self.unexpected()),
        }
        let length = values.byte_offset();
        self.position += length;
        Ok(&rest[..length])
    }

    /// Checks that nothing follows.
    pub(super) fn end(mut self) -> Result<(), FrameError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected()),
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), FrameError> {
        match self.accept(byte) {
            true => Ok(()),
            false if self.position >= self.text.len() => Err(self.end_of_text()),
            false => Err(self.unexpected()),
        }
    }

    fn accept(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.position += usize::from(is_next);
        is_next
    }

    /// Returns the next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.position)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.position += 1;
        }
    }

    fn end_of_text(&self) -> FrameError {
        FrameError::not_json(format_args!("it ends early, after {} bytes", self.text.len()))
    }

    pub(super) fn unexpected(&self) -> FrameError {
        FrameError::not_json(format_args!("unexpected byte at {}", self.position))
    }
}
