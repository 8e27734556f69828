//! A request as a client sent it, not yet interpreted.

use std::borrow::Cow;

use http::{HeaderMap, Method};
use hyper::body::Bytes;
use percent_encoding::percent_decode_str;

/// The scheme of a connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

impl Scheme {
    fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// A request as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The scheme of its connection.
    pub(crate) scheme: Scheme,
    pub(crate) method: Method,
    /// Path and query, byte for byte: signatures are over this text.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Request {
    pub(crate) fn path(&self) -> &str {
        self.target.split_once('?').map_or(&self.target, |(path, _)| path)
    }

    /// The decoded values of a query parameter, in order.
    pub(crate) fn query(&self, name: &str) -> impl Iterator<Item = Cow<'_, str>> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        query.split('&').filter_map(move |pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key = percent_decode_str(key).decode_utf8_lossy();
            (key == name).then(|| percent_decode_str(value).decode_utf8_lossy())
        })
    }

    /// `https://HOST`, as the client named it: `localhost` is another origin than 127.0.0.1, and a
    /// proxy in between speaks for the client. `None` without a `Host`.
    pub(crate) fn origin(&self) -> Option<String> {
        let host = self.header("host")?;
        let forwarded = self.header("x-forwarded-proto").unwrap_or_default();
        let forwarded = forwarded.split(',').next().unwrap_or_default().trim();
        let scheme = match forwarded.to_ascii_lowercase().as_str() {
            "http" => "http",
            "https" => "https",
            _ => self.scheme.as_str(),
        };
        Some(format!("{scheme}://{host}"))
    }

    /// The same request with no more than the first bytes of its body.
    pub(crate) fn with_body_prefix(&self, bytes: usize) -> Self {
        Self {
            scheme: self.scheme,
            method: self.method.clone(),
            target: self.target.clone(),
            headers: self.headers.clone(),
            // Copied: a slice would keep the whole body alive.
            body: Bytes::copy_from_slice(&self.body[..bytes.min(self.body.len())]),
        }
    }

    /// The value of a header that was sent exactly once, in visible ASCII.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (Some(value), None) => value.to_str().ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn request(target: &str) -> Request {
        Request {
            scheme: Scheme::Http,
            method: Method::GET,
            target: target.to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    #[test]
    fn the_query_is_decoded_once() {
        let request = request("/a?x=1&%78=a%252Fb&y&x=?");
        assert_eq!(request.path(), "/a");
        assert_eq!(request.query("x").collect::<Vec<_>>(), ["1", "a%2Fb", "?"]);
        assert_eq!(request.query("y").collect::<Vec<_>>(), [""]);
        assert_eq!(request.query("z").count(), 0);
    }

    #[test]
    fn a_header_sent_twice_has_no_value() {
        let mut request = request("/");
        request.headers.append("x-ms-date", HeaderValue::from_static("a"));
        assert_eq!(request.header("x-ms-date"), Some("a"));
        request.headers.append("x-ms-date", HeaderValue::from_static("a"));
        assert_eq!(request.header("x-ms-date"), None);
    }

    #[test]
    fn the_origin_has_the_scheme_of_the_client() {
        let mut request = request("/");
        assert_eq!(request.origin(), None);
        request.headers.insert("host", HeaderValue::from_static("localhost:1"));
        assert_eq!(request.origin().unwrap(), "http://localhost:1");
        request.scheme = Scheme::Https;
        assert_eq!(request.origin().unwrap(), "https://localhost:1");
        for (forwarded, origin) in [
            ("http", "http://localhost:1"),
            ("HTTPS, http", "https://localhost:1"),
            ("javascript", "https://localhost:1"),
        ] {
            request.headers.insert("x-forwarded-proto", HeaderValue::from_static(forwarded));
            assert_eq!(request.origin().unwrap(), origin);
        }
    }
}
