//! Converts header arguments into header fields, and reserves the names that the client writes.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::argument::Argument;
use crate::error::{Error, Result};
use crate::sanitize::excerpt;

/// The longest value, in bytes; servers commonly refuse more.
const MAX_VALUE_LENGTH: usize = 8 * 1024;

/// The headers that callers cannot set, each with its owner.
const RESERVED: [(&str, &str); 23] = include!("reserved_headers.rs");

/// Collects the declared header arguments and the caller's headers, which replace declared ones.
pub(super) fn merge(
    arguments: &[Argument<'_>],
    overrides: Option<&HeaderMap>,
) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    for argument in arguments {
        match argument {
            Argument::Header(name, value) => {
                if let Some(text) = value.header_text() {
                    let (name, value) = field(name, &text)?;
                    headers.append(name, value);
                }
            }
            Argument::ConstantHeader(name, value) => {
                let name = HeaderName::from_bytes(name.as_bytes());
                let name = name.expect("the macro has checked the name");
                headers.append(name, HeaderValue::from_static(value));
            }
            Argument::Path(_) | Argument::Query(..) => {}
        }
    }
    for (name, value) in overrides.into_iter().flatten() {
        headers.insert(name, value.clone());
    }
    Ok(headers)
}

/// Parses a header field, or reports why it cannot be sent exactly as given.
pub(crate) fn field(name: &str, value: &str) -> Result<(HeaderName, HeaderValue)> {
    let field = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        Error::argument(format!("{} is not a header name", excerpt(name.as_bytes())))
    })?;
    match RESERVED.iter().find(|(reserved, _)| *reserved == field.as_str()) {
        Some((_, "")) => {
            return Err(Error::argument("cookies are not supported; leave this header out"));
        }
        Some((_, owner)) => {
            return Err(Error::argument(format!(
                "header `{field}` is set by {owner}; leave it out"
            )));
        }
        None => {}
    }
    let refused = |reason| Err(Error::argument(format!("the value of header `{field}` {reason}")));
    if value.len() > MAX_VALUE_LENGTH {
        return refused("is longer than 8 KiB");
    }
    if value.starts_with([' ', '\t']) || value.ends_with([' ', '\t']) {
        return refused("starts or ends with a space, which HTTP would drop");
    }
    match HeaderValue::from_str(value) {
        Ok(text) if value.is_ascii() => Ok((field, text)),
        _ => refused("holds a line break, a control character or one outside ASCII"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_sent_exactly_or_refused() {
        for value in ["plain", "", "a\tb", "a b", "\"quoted\"", "~"] {
            assert_eq!(field("X-Custom", value).unwrap().1, value);
        }
        let long = "x".repeat(MAX_VALUE_LENGTH + 1);
        for value in ["a\r\nX-Evil: 1", "a\n", "\0", "\u{7f}", "é", "\u{202e}", " a", "a ", &long]
        {
            assert!(field("X-Custom", value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn the_clients_own_headers_are_refused() {
        for name in ["Authorization", "host", "X-MS-Date", "Repeatability-Request-ID", "a b", ""] {
            assert!(field(name, "x").is_err(), "{name}");
        }
    }
}
