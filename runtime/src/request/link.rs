//! A page's next link → the request target of the next page, on the client's own origin.

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};

/// The longest link, in bytes; longer ones are refused, as longer targets are.
const LIMIT: usize = super::target::TARGET_LIMIT;

/// The target that `link` names, its query byte for byte; `current` is where a relative link
/// starts from (RFC 3986, section 5.2). The text of a refused link is not shown: it is the
/// server's, and may hold a token.
pub(crate) fn target(endpoint: &Endpoint, current: &str, link: &str) -> Result<String> {
    let link = link.split('#').next().unwrap_or_default();
    if link.is_empty() || link.len() > LIMIT || !link.bytes().all(is_uri_byte) {
        return Err(refused("is not a URL"));
    }
    let target = match origin(link) {
        Some((origin, target)) if is_same(endpoint, origin) => target.to_owned(),
        Some(_) => return Err(refused("leads to another host; it is not followed")),
        None => resolve(current, link)?,
    };
    exact(&target).map_err(refused)
}

/// `target` as URL libraries send it, or why they would send another.
pub(super) fn exact(target: &str) -> std::result::Result<String, &'static str> {
    let path = target.split('?').next().unwrap_or_default();
    if path.split('/').any(is_dot_segment) {
        return Err("has a dot segment");
    }
    // URL libraries send `'` as `%27`: so it is signed as well.
    let slash = if target.starts_with('/') { "" } else { "/" };
    Ok(format!("{slash}{}", target.replace('\'', "%27")))
}

/// The origin of an absolute link (or of one that starts with `//`), and what follows it.
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

fn is_same(endpoint: &Endpoint, origin: &str) -> bool {
    // A link without a scheme takes the client's.
    let parsed = match origin.starts_with("//") {
        true => format!("{}:{origin}", endpoint.scheme()).parse::<Endpoint>(),
        false => origin.parse(),
    };
    parsed.is_ok_and(|parsed| parsed.as_ref() == endpoint.origin())
}

fn resolve(current: &str, link: &str) -> Result<String> {
    let path = current.split('?').next().unwrap_or_default();
    match link.as_bytes() {
        [b'/', ..] => Ok(link.to_owned()),
        [b'?', ..] => Ok(format!("{path}{link}")),
        _ => match path.rfind('/') {
            Some(slash) => Ok(format!("{}{link}", &path[..=slash])),
            None => Err(refused("is not a URL")),
        },
    }
}

/// The characters of RFC 3986, section 2.
pub(super) fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()*+,;=%".contains(&byte)
}

fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

fn refused(reason: &str) -> Error {
    Error::new(ErrorKind::Link, format!("the next link {reason}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn followed(link: &str) -> Result<String> {
        let endpoint: Endpoint = "https://h.example:8443/gw".parse().unwrap();
        target(&endpoint, "/gw/a/b?x=1", link)
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
        assert!(followed(&format!("/{}", "a".repeat(LIMIT))).is_err());
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
