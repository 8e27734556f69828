//! The URL of the published keys.

use std::fmt;

use crate::{Endpoint, Error, ErrorKind, Result};

/// A URL, split into the parts that a transport takes.
#[derive(Clone, Debug)]
pub(super) struct KeysUrl {
    endpoint: Endpoint,
    target: String,
}

impl KeysUrl {
    /// Splits a URL: https, or http on loopback.
    pub(super) fn parse(url: &str) -> Result<Self> {
        let authority = url.find("://").map_or(0, |scheme| scheme + 3);
        let path = url[authority..].find('/').map_or(url.len(), |path| authority + path);
        let (origin, target) = url.split_at(path);
        let is_target = target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
        if !is_target || target.is_empty() {
            let text = "the URL of the signing keys has no path, or an invalid character";
            return Err(Error::new(ErrorKind::Configuration, text));
        }
        Ok(Self { endpoint: origin.parse()?, target: target.to_owned() })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(super) fn target(&self) -> &str {
        &self.target
    }
}

impl fmt::Display for KeysUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.endpoint, self.target)
    }
}
