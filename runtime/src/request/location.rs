//! Parses an absolute URL that the service returned into the endpoint and target of a request.

use super::link::{exact, is_uri_byte, origin};
use super::target::TARGET_LIMIT;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// An absolute URL that came from outside, parsed but not yet trusted.
#[derive(Debug)]
pub(crate) struct Location {
    pub(crate) endpoint: Endpoint,
    /// Path and query, byte for byte.
    pub(crate) target: String,
}

impl Location {
    /// Parses the target of a redirect from `current`, which may lack scheme and host.
    pub(crate) fn of_redirect(current: &Endpoint, text: &str) -> Result<Self> {
        match text.starts_with('/') && !text.starts_with("//") {
            true => Self::parse(&format!("{}{text}", current.origin())),
            false => Self::parse(text),
        }
    }

    /// Parses a location. The error does not show its text, which may hold a token.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let refused = |reason: &str| Error::argument(format!("the location is refused: {reason}"));
        if text.len() > TARGET_LIMIT {
            return Err(refused("it is longer than 32 KiB"));
        }
        if !text.bytes().all(is_uri_byte) {
            return Err(refused("it has a fragment, or a character that a URL cannot contain"));
        }
        let (origin, target) = origin(text)
            .ok_or_else(|| refused("it is not an absolute URL; start with `https://`"))?;
        let endpoint = Endpoint::parse(origin).map_err(refused)?;
        let target = exact(target).map_err(|reason| refused(&format!("it {reason}")))?;
        Ok(Self { endpoint, target })
    }
}
