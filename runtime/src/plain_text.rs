//! Settings that become part of a header or of the query.

use std::ops::RangeInclusive;

use crate::error::{Error, Result};

/// Rejects text that could break out of a header or the query.
pub(crate) fn check_plain_text(
    name: &str,
    text: &str,
    length: RangeInclusive<usize>,
) -> Result<()> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if length.contains(&text.len()) && text.bytes().all(is_plain) {
        return Ok(());
    }
    let (min, max) = length.into_inner();
    Err(Error::configuration(format!(
        "`{name}` must be {min} to {max} letters, digits, `-`, `_` or `.`"
    )))
}
