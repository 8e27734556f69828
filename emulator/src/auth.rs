//! Authenticates a request: checks the `Authorization` header against the request as sent.

use std::time::{Duration, SystemTime};

use crate::access_key::{AccessKey, content_hash, string_to_sign};
use crate::clock::{distance, imf_fixdate};
use crate::error::ServiceError;
use crate::jwt::{Claims, Tokens};
use crate::request::Request;

/// The largest difference between `x-ms-date` and the clock. Assumed: no page states it for ACS,
/// and the sister scheme of Azure App Configuration has 15 minutes.
const DATE_WINDOW: Duration = Duration::from_secs(15 * 60);

const SIGNED_HEADERS: &str = "x-ms-date;host;x-ms-content-sha256";

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
            return check_signature(request, rest, key, now).map(|()| Self::AccessKey);
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

fn check_signature(
    request: &Request,
    parameters: &str,
    key: &AccessKey,
    now: SystemTime,
) -> Result<(), ServiceError> {
    let signature = signature(parameters)?;
    let date = once(request, "x-ms-date")?;
    check_date(date, now)?;
    let host = once(request, "host")?;
    let hash = once(request, "x-ms-content-sha256")?;
    if hash != content_hash(&request.body) {
        return Err(ServiceError::denied("`x-ms-content-sha256` is not the hash of the body"));
    }
    let is_signed = |target: &str, host: &str| {
        let text = string_to_sign(request.method.as_str(), target, date, host, hash);
        key.verify(&text, signature)
    };
    if is_signed(&request.target, host) {
        return Ok(());
    }
    Err(ServiceError::denied(why_not_signed(&request.target, host, is_signed)))
}

/// Explains a wrong signature by the mistakes that clients are known to make.
fn why_not_signed(target: &str, host: &str, is_signed: impl Fn(&str, &str) -> bool) -> String {
    if is_signed(target, &format!("{host}/")) {
        return format!(
            "the signature is over the host `{host}/`, and `{host}` was sent; give the client its \
             endpoint without a slash at the end, or a connection string"
        );
    }
    if encoded_arguments(target).iter().any(|target| is_signed(target, host)) {
        return "the signature is over a path with `%3A` or `%3D`, and `:` or `=` was sent; the HTTP \
                client changed the path after it was signed, so sign what is sent, or let the client \
                send what was signed"
            .to_owned();
    }
    "the signature does not match the request; sign method, target, date, host and content hash \
     exactly as they are sent, with the key of this emulator"
        .to_owned()
}

/// The target with the arguments in its path encoded, if a verb follows them and if none does.
fn encoded_arguments(target: &str) -> [String; 2] {
    let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
    let encode = |text: &str| text.replace(':', "%3A").replace('=', "%3D");
    let (argument, verb) = path.split_at(path.rfind(':').unwrap_or(path.len()));
    [format!("{}{query}", encode(path)), format!("{}{verb}{query}", encode(argument))]
}

/// `SignedHeaders=…&Signature=…`, in this order as every SDK writes it.
fn signature(parameters: &str) -> Result<&str, ServiceError> {
    let signature = parameters
        .strip_prefix("SignedHeaders=")
        .and_then(|rest| rest.strip_prefix(SIGNED_HEADERS))
        .and_then(|rest| rest.strip_prefix("&Signature="));
    signature.ok_or_else(|| {
        ServiceError::denied(format!(
            "`Authorization` is not `HMAC-SHA256 SignedHeaders={SIGNED_HEADERS}&Signature=…`"
        ))
    })
}

fn check_date(date: &str, now: SystemTime) -> Result<(), ServiceError> {
    let Some(date) = imf_fixdate(date) else {
        return Err(ServiceError::denied(
            "`x-ms-date` is not a date such as `Sun, 06 Nov 1994 08:49:37 GMT`",
        ));
    };
    if distance(date, now) > DATE_WINDOW {
        return Err(ServiceError::denied(
            "`x-ms-date` is more than 15 minutes off; sign again at each attempt, and check the clock",
        ));
    }
    Ok(())
}

fn once<'a>(request: &'a Request, name: &str) -> Result<&'a str, ServiceError> {
    request.header(name).ok_or_else(|| {
        ServiceError::denied(format!("`{name}` is missing, sent more than once or not plain text"))
    })
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue, Method};
    use hyper::body::Bytes;

    use super::*;
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
            assert!(
                denied(&request, MUTE_PHONE.now()).starts_with(&format!("`{name}` is missing"))
            );
            request.headers.append(name, value.clone());
            request.headers.append(name, value);
            assert!(
                denied(&request, MUTE_PHONE.now()).starts_with(&format!("`{name}` is missing"))
            );
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
