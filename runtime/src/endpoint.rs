//! The endpoint of a resource: scheme, host, port and base path.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};

/// The longest endpoint, in bytes.
const MAX_LENGTH: usize = 2 * 1024;

/// The endpoint of an ACS resource, such as `https://contoso.communication.azure.com`.
///
/// The scheme is https; http is accepted for loopback addresses only (127.0.0.0/8, `[::1]` and
/// `localhost`). A trailing `/` is dropped. A base path, such as `/gateway`, precedes the path of
/// every operation.
///
/// ```
/// use acs_rest::Endpoint;
///
/// let endpoint: Endpoint = "https://contoso.communication.azure.com/".parse()?;
/// assert_eq!(endpoint.as_ref(), "https://contoso.communication.azure.com");
/// assert!("http://contoso.communication.azure.com".parse::<Endpoint>().is_err());
/// # Ok::<(), acs_rest::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// Scheme, authority and base path, without a trailing `/`.
    text: String,
    /// The position of the authority in `text`.
    authority: std::ops::Range<usize>,
}

impl Endpoint {
    /// Returns `https`, or `http` for a loopback address.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.text[..self.authority.start - "://".len()]
    }

    /// Returns the host, followed by the port unless it is the default of the scheme. This is the
    /// value of the `Host` header, which signatures cover.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.text[self.authority.clone()]
    }

    /// Returns the host without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        split_port(self.authority()).0
    }

    /// Returns the port, which is the default of the scheme if the URL has none.
    #[must_use]
    pub fn port(&self) -> u16 {
        let given = split_port(self.authority()).1.and_then(|port| port.parse().ok());
        given.unwrap_or(if self.scheme() == "https" { 443 } else { 80 })
    }

    /// Returns the base path, which is empty or starts with `/`.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.text[self.authority.end..]
    }

    /// Returns `scheme://authority`, the origin to which requests and credentials are sent.
    pub(crate) fn origin(&self) -> &str {
        &self.text[..self.authority.end]
    }

    pub(crate) fn parse(text: &str) -> std::result::Result<Self, &'static str> {
        let (scheme, rest) =
            text.split_once("://").ok_or("it has no scheme; start with `https://`")?;
        let scheme = scheme.to_ascii_lowercase();
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('@') {
            return Err("it has user information before the host; remove it");
        }
        let (host, port) = split_port(authority);
        let host = normalised_host(host)?;
        let port = port.map(parse_port).transpose()?;
        let standard = match &*scheme {
            "https" => 443,
            "http" if is_loopback(&host) => 80,
            "http" => return Err("credentials go over https only; write `https://`"),
            _ => return Err("its scheme is not `https`"),
        };
        let path = path.trim_end_matches('/');
        check_base_path(path)?;
        let mut text = format!("{scheme}://{host}");
        if let Some(port) = port.filter(|&port| port != standard) {
            text.push_str(&format!(":{port}"));
        }
        let authority = scheme.len() + "://".len()..text.len();
        text.push_str(path);
        Ok(Self { text, authority })
    }
}

impl FromStr for Endpoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text.len() > MAX_LENGTH {
            return Err(Error::configuration("the endpoint is longer than 2 KiB"));
        }
        Self::parse(text).map_err(|reason| {
            Error::configuration(match visible_origin(text) {
                Some(origin) => format!("the endpoint `{origin}` is invalid: {reason}"),
                None => format!("the endpoint is invalid: {reason}"),
            })
        })
    }
}

impl TryFrom<&str> for Endpoint {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self> {
        text.parse()
    }
}

impl TryFrom<String> for Endpoint {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl TryFrom<&String> for Endpoint {
    type Error = Error;

    fn try_from(text: &String) -> Result<Self> {
        text.parse()
    }
}

impl Serialize for Endpoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Endpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl AsRef<str> for Endpoint {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({:?})", self.text)
    }
}

/// Returns the scheme and host of an invalid endpoint, for its error. No other part of the text is
/// shown, and nothing is shown unless both have their usual form: the text may be a connection
/// string or a key that was passed by mistake.
fn visible_origin(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let host = rest.split(['/', '?', '#', ';', '\\']).next().unwrap_or_default();
    let is_label = |label: &str| {
        label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_plain = scheme.len() <= 10
        && scheme.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !host.is_empty()
        && host.split(['.', ':', '[', ']']).all(is_label);
    is_plain.then(|| &text[..scheme.len() + "://".len() + host.len()])
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn parse_port(port: &str) -> std::result::Result<u16, &'static str> {
    let digits = port.bytes().all(|byte| byte.is_ascii_digit());
    let port = port.parse().ok().filter(|&port| port != 0 && digits);
    port.ok_or("its port is not a number from 1 to 65535")
}

/// Returns the host as all URL libraries normalise it: the signed host must be the one that is
/// sent.
fn normalised_host(host: &str) -> std::result::Result<String, &'static str> {
    if host.is_empty() {
        return Err("it has no host");
    }
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        let address: Ipv6Addr = address.parse().map_err(|_| "its host is not an IPv6 address")?;
        return Ok(format!("[{address}]"));
    }
    if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)) {
        return Err("its host has a character other than letters, digits, `-` and `.`");
    }
    // URL libraries read `127.1` or `0x7f.0.0.1` as an address too.
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    if last.starts_with(|first: char| first.is_ascii_digit()) && host.parse::<Ipv4Addr>().is_err() {
        return Err("its host ends like an IPv4 address but is not one");
    }
    Ok(host.to_ascii_lowercase())
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host == "[::1]"
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

fn check_base_path(path: &str) -> std::result::Result<(), &'static str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let fits = |segment: &str| !matches!(segment, "" | "." | "..") && segment.bytes().all(plain);
    if path.is_empty() || path.strip_prefix('/').is_some_and(|path| path.split('/').all(fits)) {
        return Ok(());
    }
    Err("only a base path of plain segments, such as `/gateway`, may follow the host")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_endpoint() {
        let endpoint: Endpoint =
            "HTTPS://Contoso.Communication.Azure.com:8443/gw/".parse().unwrap();
        assert_eq!(endpoint.as_ref(), "https://contoso.communication.azure.com:8443/gw");
        assert_eq!(endpoint.scheme(), "https");
        assert_eq!(endpoint.authority(), "contoso.communication.azure.com:8443");
        assert_eq!((endpoint.host(), endpoint.port()), ("contoso.communication.azure.com", 8443));
        assert_eq!(endpoint.base_path(), "/gw");
        let standard: Endpoint = "https://h:443".parse().unwrap();
        assert_eq!((standard.authority(), standard.port()), ("h", 443));
    }

    #[test]
    fn plain_http_is_for_loopback() {
        for text in
            ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1", "http://127.8.9.1"]
        {
            assert!(text.parse::<Endpoint>().is_ok(), "{text}");
        }
        for text in [
            "http://h",
            "HTTP://h",
            " http://h",
            "http:\\\\h",
            "//h",
            "http://user@h",
            "hTtP://h",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "http://10.0.0.1",
        ] {
            assert!(text.parse::<Endpoint>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_invalid_endpoint_is_named() {
        for text in [
            "",
            "contoso",
            "https://",
            "ftp://h",
            "https://h:99999",
            "https://h:",
            "https://h:+1",
            "https://u:p@h",
            "https://h?x=1",
            "https://h#f",
            "https://h/a//b",
            "https://h/..",
            "https://h/%2e",
            "https://ü.example",
            "https://127.1",
            "https://0x7f.0.0.1",
            "https://[::1",
            "https://h ",
            "https://h\\x",
            "https://h/ä",
        ] {
            let error = text.parse::<Endpoint>().unwrap_err().to_string();
            assert!(error.starts_with("the endpoint "), "{text}: {error}");
        }
    }

    #[test]
    fn an_invalid_endpoint_shows_no_secret() {
        const KEY: &str = "U0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVU";
        for text in [
            format!("https://user:{KEY}@h?key={KEY}"),
            format!("accesskey={KEY};endpoint=https://h/"),
            format!("AccessKey={KEY}==;Endpoint=https://h"),
            format!("\"endpoint=https://h/;accesskey={KEY}\""),
            format!("endpoint=https://h/;accesskey={KEY}"),
            format!("endpoint%3Dhttps%3A%2F%2Fh%2F%3Baccesskey%3D{KEY}"),
            format!("https://h/;accesskey={KEY}"),
            format!("https://h/?accesskey={KEY}"),
            format!("https://accesskey={KEY}"),
            format!("ftp://h/{KEY}"),
            format!("{KEY}=="),
            format!("eyJhbGciOiJub25lIn0.{KEY}."),
        ] {
            let error = text.parse::<Endpoint>().unwrap_err();
            assert!(!format!("{error} {error:?}").contains(&KEY[..8]), "{error}");
        }
    }
}
