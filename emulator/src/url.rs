//! The URLs of an application.

use http::Uri;

/// Whether `text` is a whole `http` or `https` URL with a host that could be reached.
pub(crate) fn is_http(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else { return false };
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    let host = uri.host().unwrap_or_default();
    let port = uri.authority().and_then(|authority| {
        authority
            .as_str()
            .rsplit_once('@')
            .map_or(authority.as_str(), |(_, rest)| rest)
            .rsplit_once(':')
    });
    let is_port =
        |text: &str| text.ends_with(']') || text.parse::<u16>().is_ok_and(|port| port > 0);
    is_http && !host.is_empty() && port.is_none_or(|(_, port)| is_port(port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_url_with_a_host_is_accepted() {
        for text in [
            "https://app.contoso.com/callback?secret=1",
            "http://127.0.0.1:5000",
            "http://localhost:5000/cb",
            "http://[::1]/cb",
            "http://[::1]:80/cb",
            "HTTPS://a/",
        ] {
            assert!(is_http(text), "{text}");
        }
        for text in [
            "",
            "/callback",
            "app.contoso.com",
            "ftp://a",
            "http://",
            "http://x y",
            "https://:0",
            "https://a:0/",
            "https://a:99999/",
            "https://a:b/",
        ] {
            assert!(!is_http(text), "{text}");
        }
    }
}
