//! Authenticates a request: checks the `Authorization` header against the request as sent.

use std::time::SystemTime;

use crate::access_key::AccessKey;
use crate::error::ServiceError;
use crate::jwt::{Claims, Tokens};
use crate::request::Request;

use self::signature::once;

mod signature;

/// The caller of a request.
#[derive(Debug, PartialEq)]
pub(crate) enum Caller {
    /// A caller with the key of the resource.
    AccessKey,
    /// A user with a token issued here.
    User(Claims),
    /// A caller with a token of Microsoft Entra ID, which is not verified.
    EntraUser,
}

impl Caller {
    pub(crate) fn of(
        request: &Request,
        key: &AccessKey,
        tokens: &Tokens,
        now: SystemTime,
    ) -> Result<Self, ServiceError> {
        let authorization = once(request, "authorization")?;
        let (scheme, rest) = authorization.split_once(' ').unwrap_or((authorization, ""));
        let rest = rest.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            let fault = |fault| ServiceError::denied(format!("the bearer token {fault}"));
            return tokens.read(rest, now).map(Self::User).map_err(fault);
        }
        if scheme.eq_ignore_ascii_case("hmac-sha256") {
            return signature::check(request, rest, key, now).map(|()| Self::AccessKey);
        }
        Err(ServiceError::denied(
            "the scheme of `Authorization` is neither `Bearer` nor `HMAC-SHA256`",
        ))
    }
}

/// The bearer token of a request.
pub(crate) fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = request.header("authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, HeaderName, HeaderValue, Method};
    use hyper::body::Bytes;

    use super::signature::{DATE_WINDOW, SIGNED_HEADERS};
    use super::*;
    use crate::access_key::string_to_sign;
    use crate::clock::imf_fixdate;
    use crate::request::Scheme;

    /// A request of Microsoft's Python SDK, captured on loopback.
    struct Captured {
        method: Method,
        target: &'static str,
        body: &'static str,
        hash: &'static str,
        signature: &'static str,
        date: &'static str,
    }

    const MUTE_PHONE: Captured = Captured {
        method: Method::POST,
        target: "/calling/callConnections/18dea47f-b081-4107-9a5c-4300819d2c6c/participants:mute?api-version=2024-09-15",
        body: r#"{"targetParticipants": [{"rawId": "4:+14255550123", "phoneNumber": {"value": "+14255550123"}}]}"#,
        hash: "hJWdQlPN4NOWj+/sojH0ljxWB9u6//wgny/exQW+3lg=",
        signature: "JfvlRkmW7wd3d/fNtBb+dVv3oFPX9HVxYCyjmXh+NzE=",
        date: "Mon, 23 Nov 2026 07:06:37 GMT",
    };

    const ISSUE_TOKEN: Captured = Captured {
        method: Method::POST,
        target: "/identities/8%3Aacs%3Ab9614373-fd0b-480c-8fd2-cb58b70eab9f_da7be3a9-8788-42a6-85c6-56b2cf784fce/:issueAccessToken?api-version=2023-10-01",
        body: r#"{"scopes": ["voip"]}"#,
        hash: "yHqHFVCkCet5I2S8l4rMDTBcoITg2aoD3GUebAeAKDU=",
        signature: "OIuUaU2zgeARt3k+uicCfX6AFMBL5dxvMNlfwcGJVzs=",
        date: "Mon, 23 Nov 2026 07:06:38 GMT",
    };

    const GET_PARTICIPANT: Captured = Captured {
        method: Method::GET,
        target: "/calling/callConnections/18dea47f-b081-4107-9a5c-4300819d2c6c/participants/8%3Aacs%3Ab9614373-fd0b-480c-8fd2-cb58b70eab9f_da7be3a9-8788-42a6-85c6-56b2cf784fce?api-version=2024-09-15",
        body: "",
        hash: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        signature: "/25gpAcp3z/5Pdz9z1kD9d45BiFw716lsZNVRiIb8tU=",
        date: "Mon, 23 Nov 2026 07:06:37 GMT",
    };

    impl Captured {
        fn request(&self) -> Request {
            let authorization =
                format!("HMAC-SHA256 SignedHeaders={SIGNED_HEADERS}&Signature={}", self.signature);
            let mut request = Request {
                scheme: Scheme::Http,
                method: self.method.clone(),
                target: self.target.to_owned(),
                headers: HeaderMap::new(),
                body: Bytes::from_static(self.body.as_bytes()),
            };
            set(&mut request, "host", "contoso.communications.azure.com");
            set(&mut request, "x-ms-date", self.date);
            set(&mut request, "x-ms-content-sha256", self.hash);
            set(&mut request, "authorization", &authorization);
            request
        }

        fn now(&self) -> SystemTime {
            imf_fixdate(self.date).unwrap()
        }
    }

    fn set(request: &mut Request, name: &'static str, value: &str) {
        let value = HeaderValue::from_str(value).unwrap();
        request.headers.insert(HeaderName::from_static(name), value);
    }

    fn caller(request: &Request, now: SystemTime) -> Result<Caller, ServiceError> {
        let key = AccessKey::from_base64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        Caller::of(request, &key, &Tokens::new(), now)
    }

    /// The message of the error, which is a 401.
    fn denied(request: &Request, now: SystemTime) -> String {
        let error = caller(request, now).unwrap_err();
        assert_eq!((error.status.as_u16(), error.code), (401, "Denied"));
        error.message
    }

    #[test]
    fn a_signature_of_microsofts_sdk_is_accepted() {
        for captured in [MUTE_PHONE, ISSUE_TOKEN, GET_PARTICIPANT] {
            let caller = caller(&captured.request(), captured.now());
            assert_eq!(caller.unwrap(), Caller::AccessKey, "{}", captured.target);
        }
    }

    #[test]
    fn a_signature_is_valid_only_for_the_signed_request() {
        let mut other_method = MUTE_PHONE.request();
        other_method.method = Method::PUT;
        let mut other_target = MUTE_PHONE.request();
        other_target.target.push('0');
        let mut other_host = MUTE_PHONE.request();
        set(&mut other_host, "host", "localhost");
        let mut other_date = MUTE_PHONE.request();
        set(&mut other_date, "x-ms-date", "Mon, 23 Nov 2026 07:06:38 GMT");
        for request in [other_method, other_target, other_host, other_date] {
            let message = denied(&request, MUTE_PHONE.now());
            assert!(message.starts_with("the signature does not match"), "{message}");
            assert!(!message.contains(MUTE_PHONE.signature), "{message}");
        }
        let mut other_body = MUTE_PHONE.request();
        other_body.body = Bytes::from_static(b"{}");
        assert!(denied(&other_body, MUTE_PHONE.now()).contains("not the hash of the body"));
    }

    #[test]
    fn known_signing_mistakes_are_explained() {
        let key = AccessKey::from_base64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        let host = "contoso.communications.azure.com";
        for (sent, signed, signed_host, explained) in [
            ("/a", "/a", "contoso.communications.azure.com/", "without a slash at the end"),
            ("/a/4:%2B1?b=:", "/a/4%3A%2B1?b=:", host, "changed the path"),
            ("/a/bc==:pause?b=:", "/a/bc%3D%3D:pause?b=:", host, "changed the path"),
            ("/a", "/b", host, "exactly as they are sent"),
        ] {
            let mut request = GET_PARTICIPANT.request();
            request.target = sent.to_owned();
            let (date, hash) = (GET_PARTICIPANT.date, GET_PARTICIPANT.hash);
            let signature = key.sign(&string_to_sign("GET", signed, date, signed_host, hash));
            let authorization =
                format!("HMAC-SHA256 SignedHeaders={SIGNED_HEADERS}&Signature={signature}");
            set(&mut request, "authorization", &authorization);
            let message = denied(&request, GET_PARTICIPANT.now());
            assert!(message.contains(explained), "{message}");
        }
    }

    #[test]
    fn a_date_off_by_more_than_fifteen_minutes_is_stale() {
        let (request, date) = (MUTE_PHONE.request(), MUTE_PHONE.now());
        let second = Duration::from_secs(1);
        assert!(caller(&request, date + DATE_WINDOW).is_ok());
        assert!(caller(&request, date - DATE_WINDOW).is_ok());
        for now in [date + DATE_WINDOW + second, date - DATE_WINDOW - second] {
            assert!(denied(&request, now).contains("15 minutes"));
        }
        let mut request = request;
        set(&mut request, "x-ms-date", "2026-11-23T07:06:37Z");
        assert!(denied(&request, date).contains("`x-ms-date` is not a date"));
    }

    #[test]
    fn a_missing_or_doubled_header_is_named() {
        for name in ["authorization", "x-ms-date", "host", "x-ms-content-sha256"] {
            let mut request = MUTE_PHONE.request();
            let value = request.headers.remove(name).unwrap();
            let missing = denied(&request, MUTE_PHONE.now());
            assert!(missing.starts_with(&format!("`{name}` is missing")), "{missing}");
            request.headers.append(name, value.clone());
            request.headers.append(name, value);
            let doubled = denied(&request, MUTE_PHONE.now());
            assert!(doubled.starts_with(&format!("`{name}` is sent more than once")), "{doubled}");
        }
    }

    #[test]
    fn other_schemes_and_other_signed_headers_are_refused() {
        for authorization in [
            "Basic YTpi",
            "Bearer",
            "Bearer a.b.c",
            "HMAC-SHA256",
            "HMAC-SHA256 SignedHeaders=&Signature=",
            "HMAC-SHA256 SignedHeaders=host&Signature=JfvlRkmW7wd3d/fNtBb+dVv3oFPX9HVxYCyjmXh+NzE=",
        ] {
            let mut request = MUTE_PHONE.request();
            set(&mut request, "authorization", authorization);
            denied(&request, MUTE_PHONE.now());
        }
    }
}
