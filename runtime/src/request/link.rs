//! Resolves a link in a response to the target of the next request: on the client's own origin, or
//! on a host that the user trusts.

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};

/// The longest link, in bytes. Longer links are refused, like longer targets.
const MAX_LENGTH: usize = super::target::TARGET_LIMIT;

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Link {
    /// The host, if it is not the client's own.
    pub(crate) endpoint: Option<Endpoint>,
    /// Path and query, byte for byte.
    pub(crate) target: String,
}

/// The base that a link is resolved against.
#[derive(Clone, Copy)]
pub(crate) struct LinkBase<'a> {
    /// The client's own endpoint.
    pub(crate) endpoint: &'a Endpoint,
    /// Whether the user trusts the host.
    pub(crate) is_trusted: &'a dyn Fn(&Endpoint) -> bool,
    /// The URL of the response with the link, which a relative link is resolved against (RFC 3986,
    /// section 5.2).
    pub(crate) current: &'a Link,
    /// The name of the link in errors.
    pub(crate) name: &'a str,
}

impl LinkBase<'_> {
    /// Resolves `link`, keeping its query byte for byte. An error does not show the link, which
    /// comes from the server and may contain a token.
    pub(crate) fn resolve(&self, link: &str) -> Result<Link> {
        let link = link.split('#').next().unwrap_or_default();
        if link.is_empty() || link.len() > MAX_LENGTH || !link.bytes().all(is_uri_byte) {
            return Err(self.refused("is not a URL"));
        }
        let (endpoint, target) = match origin(link) {
            Some((origin, target)) => (self.host(origin)?, target.to_owned()),
            None => (self.current.endpoint.clone(), self.relative(link)?),
        };
        let target = exact(&target).map_err(|reason| self.refused(reason))?;
        Ok(Link { endpoint, target })
    }

    fn host(&self, origin: &str) -> Result<Option<Endpoint>> {
        // A link without a scheme takes that of the response.
        let current = self.current.endpoint.as_ref().unwrap_or(self.endpoint);
        let parsed = match origin.starts_with("//") {
            true => Endpoint::parse(&format!("{}:{origin}", current.scheme())),
            false => Endpoint::parse(origin),
        };
        match parsed {
            Ok(host) if host.as_ref() == self.endpoint.origin() => Ok(None),
            Ok(host) if (self.is_trusted)(&host) => Ok(Some(host)),
            Ok(host) => {
                let host = host.authority();
                Err(self.refused(&format!("leads to another host, `{host}`, and is not followed; to send credentials there, add it with `ClientBuilder::trusted_host`")))
            }
            Err(_) => Err(self.refused("leads to another host and is not followed")),
        }
    }

    fn relative(&self, link: &str) -> Result<String> {
        let path = self.current.target.split('?').next().unwrap_or_default();
        match link.as_bytes() {
            [b'/', ..] => Ok(link.to_owned()),
            [b'?', ..] => Ok(format!("{path}{link}")),
            _ => match path.rfind('/') {
                Some(slash) => Ok(format!("{}{link}", &path[..=slash])),
                None => Err(self.refused("is not a URL")),
            },
        }
    }

    fn refused(&self, reason: &str) -> Error {
        Error::new(ErrorKind::Link, format!("{} {reason}", self.name))
    }
}

impl Link {
    /// A target on the client's own origin.
    pub(crate) fn own(target: impl Into<String>) -> Self {
        Self { endpoint: None, target: target.into() }
    }

    /// Adds the api-version of `target` to the link, unless it has one.
    pub(crate) fn with_api_version_of(mut self, target: &str) -> Self {
        if let (None, Some(version)) = (api_version(&self.target), api_version(target)) {
            let separator = match self.target.split_once('?') {
                None => "?",
                Some((_, "")) => "",
                Some(_) => "&",
            };
            self.target = format!("{}{separator}{version}", self.target);
        }
        self
    }

    /// The link as it is stored: absolute if it leads to another host.
    pub(crate) fn to_text(&self) -> String {
        let origin = self.endpoint.as_ref().map_or("", Endpoint::origin);
        format!("{origin}{}", self.target)
    }
}

/// `api-version=…` in the query of a target.
fn api_version(target: &str) -> Option<&str> {
    let (_, query) = target.split_once('?')?;
    query.split('&').find(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        name.eq_ignore_ascii_case("api-version")
    })
}

/// Returns `target` as URL libraries send it, or the reason why they would send another target.
pub(super) fn exact(target: &str) -> std::result::Result<String, &'static str> {
    let path = target.split('?').next().unwrap_or_default();
    if path.split('/').any(is_dot_segment) {
        return Err("has a dot segment");
    }
    // URL libraries send `'` as `%27`, and it is therefore signed in this form.
    let slash = if target.starts_with('/') { "" } else { "/" };
    Ok(format!("{slash}{}", target.replace('\'', "%27")))
}

/// The origin of an absolute link (or of one that starts with `//`), and the rest of the link.
pub(super) fn origin(link: &str) -> Option<(&str, &str)> {
    let authority = match link.strip_prefix("//") {
        Some(_) => 2,
        None => {
            let scheme = link.find(':').filter(|&colon| !link[..colon].contains(['/', '?']))?;
            if !link[scheme..].starts_with("://") {
                // Such as `javascript:`, which has no origin.
                return Some((link, ""));
            }
            scheme + "://".len()
        }
    };
    let end = link[authority..].find(['/', '?']).map_or(link.len(), |end| authority + end);
    Some(link.split_at(end))
}

pub(super) fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()*+,;=%".contains(&byte)
}

fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn resolved(link: &str) -> Result<Link> {
        let endpoint: Endpoint = "https://h.example:8443/gw".parse().unwrap();
        let is_trusted = |host: &Endpoint| host.authority() == "trusted.example";
        let current = Link::own("/gw/a/b?x=1");
        let name = "the next link";
        LinkBase { endpoint: &endpoint, is_trusted: &is_trusted, current: &current, name }
            .resolve(link)
    }

    fn followed(link: &str) -> Result<String> {
        resolved(link).map(|link| link.to_text())
    }

    #[test]
    fn a_trusted_host_is_followed_and_kept() {
        for link in ["https://trusted.example/c?d", "//trusted.example/c?d"] {
            let link = resolved(link).unwrap();
            assert_eq!(link.to_text(), "https://trusted.example/c?d");
            assert_eq!(followed(&link.to_text()).unwrap(), link.to_text());
        }
        let error = followed("https://other.example/c").unwrap_err().to_string();
        assert!(error.contains("`other.example`") && error.contains("trusted_host"), "{error}");
        assert!(followed("http://trusted.example/c").is_err());
    }

    #[test]
    fn a_link_without_an_api_version_gets_one() {
        for (target, expected) in [
            ("/a", "/a?api-version=1"),
            ("/a?", "/a?api-version=1"),
            ("/a?b", "/a?b&api-version=1"),
            ("/a?Api-Version=2", "/a?Api-Version=2"),
            ("/a?x-api-version=2", "/a?x-api-version=2&api-version=1"),
        ] {
            let link = Link::own(target).with_api_version_of("/b?c=d&api-version=1&e");
            assert_eq!(link.target, expected);
        }
        assert_eq!(Link::own("/a").with_api_version_of("/b").target, "/a");
    }

    #[test]
    fn links_on_the_own_origin_are_followed() {
        for (link, target) in [
            (
                "https://h.example:8443/c?skipToken=a%2Fb%3D&x='1'",
                "/c?skipToken=a%2Fb%3D&x=%271%27",
            ),
            ("HTTPS://H.example:8443/c", "/c"),
            ("//h.example:8443/c", "/c"),
            ("https://h.example:8443?x", "/?x"),
            ("/c/19:x@thread.v2?skip=2", "/c/19:x@thread.v2?skip=2"),
            ("?skip=2", "/gw/a/b?skip=2"),
            ("c?skip=2#fragment", "/gw/a/c?skip=2"),
        ] {
            assert_eq!(followed(link).unwrap(), target, "{link}");
        }
    }

    #[test]
    fn other_links_are_refused() {
        for link in [
            "",
            "#",
            "https://evil.example/c",
            "http://h.example:8443/c",
            "https://h.example/c",
            "//evil.example/c",
            "https://h.example:8443@evil.example/",
            "https://u@h.example:8443/",
            "/../c",
            "/a/%2E%2e/c",
            "..",
            "/a/./b",
            "/a\\b",
            "\\\\evil",
            "/a b",
            "/é",
            "/\n",
            "javascript:alert(1)",
            "https:/evil",
            "https:evil",
        ] {
            assert_eq!(followed(link).unwrap_err().kind(), ErrorKind::Link, "{link}");
        }
        assert!(followed(&format!("/{}", "a".repeat(MAX_LENGTH))).is_err());
    }

    proptest! {
        #[test]
        fn any_link_is_a_target_or_refused(link in "\\PC{0,40}|(https?:)?[/.?#@:a-h%2e]{0,30}") {
            if let Ok(target) = followed(&link) {
                prop_assert!(target.starts_with('/'));
            }
        }
    }
}
