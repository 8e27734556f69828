//! Path, query and their limit: the request target (RFC 9112, section 3.2.1).

use super::argument::Argument;
use super::{path, query};
use crate::error::{Error, Result};
use crate::operation::Operation;

/// The longest request target, in bytes. The limits of HTTP libraries are higher.
pub(crate) const TARGET_LIMIT: usize = 32 * 1024;

/// The capacity that holds most targets without growing, in bytes.
const TARGET_CAPACITY: usize = 192;

/// Writes the target of a declared operation.
pub(super) fn write(
    base_path: &str,
    api_version: &str,
    operation: &Operation,
    arguments: &[Argument<'_>],
) -> Result<String> {
    let mut target = String::with_capacity(base_path.len() + TARGET_CAPACITY);
    target.push_str(base_path);
    let path_arguments = arguments.iter().filter_map(|argument| match argument {
        Argument::Path(value) => Some(value.path_text()),
        _ => None,
    });
    path::write(&mut target, operation.path, path_arguments)?;
    query::write(&mut target, api_version, arguments);
    check_length(target)
}

/// Adds the api-version, unless the target has one, and the declared parameters.
pub(super) fn extend(
    mut target: String,
    api_version: &str,
    arguments: &[Argument<'_>],
) -> Result<String> {
    query::extend(&mut target, api_version, arguments);
    check_length(target)
}

fn check_length(target: String) -> Result<String> {
    match target.len() > TARGET_LIMIT {
        true => {
            Err(Error::argument("the URL with these arguments is longer than 32 KiB; shorten them"))
        }
        false => Ok(target),
    }
}
