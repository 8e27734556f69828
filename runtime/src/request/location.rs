//! Parses an absolute URL that the service returned into the endpoint and target of a request.

use super::link::{exact, is_uri_byte, origin};
use super::target::TARGET_LIMIT;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// An absolute URL from outside, which is parsed but not yet trusted.
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

    /// Returns the target of an absolute URL on the origin of `endpoint`. Any other host is
    /// refused, since it would receive the credential.
    pub(crate) fn on_own_origin(endpoint: &Endpoint, text: &str) -> Result<String> {
        let location = Self::parse(text)?;
        match location.endpoint.origin() == endpoint.origin() {
            true => Ok(location.target),
            false => Err(Error::argument(
                "the URL is refused: it is not on the client's own host; nothing was sent to it",
            )),
        }
    }

    /// Parses a location. The error does not show its text, which may contain a token.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_origin_is_called() {
        let endpoint: Endpoint = "https://h.example:8443/gw".parse().unwrap();
        let target = |url: &str| Location::on_own_origin(&endpoint, url);
        assert_eq!(target("https://H.example:8443/a/b?c=%2F").unwrap(), "/a/b?c=%2F");
        for url in [
            "https://h.example/a",
            "http://h.example:8443/a",
            "https://evil.example/a",
            "https://h.example:8443@evil.example/",
            "https://h.example:8443/../a",
            "//h.example:8443/a",
            "/a",
            "",
            "https://h.example:8443/a\n",
        ] {
            assert!(target(url).is_err(), "{url}");
        }
    }
}
