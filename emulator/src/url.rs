//! The URLs of an application.

use std::net::IpAddr;

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

/// Whether the host of a URL is one of `hosts` or loopback; `*` stands for every host.
pub(crate) fn is_allowed(url: &str, hosts: &[String]) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_loopback = address.is_ok_and(|address| address.is_loopback());
    let is_local = is_loopback || host.eq_ignore_ascii_case("localhost");
    is_local || hosts.iter().any(|allowed| allowed == "*" || allowed.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_and_the_given_hosts_are_allowed() {
        let hosts = ["files.contoso.com".to_owned()];
        for url in [
            "http://localhost:1/a.wav",
            "http://127.9.9.9/a.wav",
            "https://[::1]:8080/a.wav",
            "https://Files.Contoso.com/a.wav?b",
        ] {
            assert!(is_allowed(url, &hosts), "{url}");
        }
        for url in [
            "https://contoso.com/a.wav",
            "https://files.contoso.com.evil.example/a.wav",
            "https://files.contoso.com@evil.example/a.wav",
            "https://localhost.evil.example/a.wav",
            "http://169.254.169.254/a.wav",
            "http://0.0.0.0/a.wav",
            "a.wav",
            "",
        ] {
            assert!(!is_allowed(url, &hosts), "{url}");
        }
        assert!(is_allowed("https://contoso.com/a.wav", &["*".to_owned()]));
    }

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
