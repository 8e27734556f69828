//! The origins that may control the emulator: programs that reach it, but no foreign web pages.

use std::net::IpAddr;

use http::StatusCode;
use http::uri::Authority;

use crate::error::{ServiceError, shown};
use crate::request::Request;

/// Refuses what a browser sends for another site. Everything under `/_emulator` works without a key.
pub(super) fn check(request: &Request) -> Result<(), ServiceError> {
    if !is_control(request) {
        return Ok(());
    }
    let host = request.header("host").unwrap_or_default();
    if !is_private(host) {
        let message = format!(
            "the emulator cannot be controlled by the host name `{}`, which others may direct here; \
             use an IP address or `localhost`",
            shown(host)
        );
        return Err(forbidden(message));
    }
    let mut origins = request.headers.get_all("origin").iter();
    let own = |origin: &[u8]| origin.rsplit(|&byte| byte == b'/').next() == Some(host.as_bytes());
    if origins.all(|origin| own(origin.as_bytes())) {
        return Ok(());
    }
    Err(forbidden("the emulator cannot be controlled by pages of another origin".to_owned()))
}

/// Whether a request is for the emulator, not for the service that it emulates.
pub(super) fn is_control(request: &Request) -> bool {
    request.path().split('/').nth(1) == Some("_emulator")
}

/// Whether a host is an IP address, or a name that cannot be registered.
fn is_private(host: &str) -> bool {
    const TOP_LEVELS: [&str; 4] = ["localhost", "local", "internal", "test"];
    let Ok(authority) = host.parse::<Authority>() else { return host.is_empty() };
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    match name.rsplit_once('.') {
        _ if name.parse::<IpAddr>().is_ok() => true,
        None => !name.is_empty(),
        Some((_, top_level)) => TOP_LEVELS.contains(&top_level.to_ascii_lowercase().as_str()),
    }
}

fn forbidden(message: String) -> ServiceError {
    ServiceError::new(StatusCode::FORBIDDEN, "Forbidden", message)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};
    use hyper::body::Bytes;

    use super::*;
    use crate::request::Scheme;

    fn is_allowed(target: &str, host: &'static str, origins: &[&'static str]) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static(host));
        for origin in origins {
            headers.append("origin", HeaderValue::from_static(origin));
        }
        let (scheme, target) = (Scheme::Http, target.to_owned());
        check(&Request { scheme, method: Method::POST, target, headers, body: Bytes::new() })
            .is_ok()
    }

    #[test]
    fn names_that_anybody_can_register_do_not_control() {
        for host in [
            "127.0.0.1:4280",
            "[::1]:4280",
            "localhost",
            "emulator:4280",
            "host.docker.internal:1",
            "10.0.0.7",
            "bot.localhost:1",
        ] {
            assert!(is_allowed("/_emulator/reset", host, &[]), "{host}");
        }
        for host in ["contoso.com", "127.0.0.1.contoso.com:4280", "localhost.contoso.com", "a.b"] {
            assert!(!is_allowed("/_emulator/reset", host, &[]), "{host}");
            assert!(is_allowed("/calling/callConnections", host, &[]), "{host}");
        }
    }

    #[test]
    fn pages_of_another_origin_do_not_control() {
        let allowed =
            |origins: &[&'static str]| is_allowed("/_emulator/reset?a", "127.0.0.1:4280", origins);
        assert!(allowed(&["http://127.0.0.1:4280"]) && allowed(&["https://127.0.0.1:4280"]));
        for origins in [
            &["null"][..],
            &["http://contoso.com"],
            &["http://127.0.0.1:5000"],
            &["http://127.0.0.1"],
            &["http://127.0.0.1:4280", "http://contoso.com"],
        ] {
            assert!(!allowed(origins), "{origins:?}");
        }
    }
}
