//! The signature of a request by an access key.

use std::time::{Duration, SystemTime};

use crate::access_key::{AccessKey, content_hash, string_to_sign};
use crate::clock::{distance, imf_fixdate};
use crate::error::ServiceError;
use crate::request::Request;

/// The largest difference between `x-ms-date` and the clock. Assumed: no page states it for ACS,
/// and the sister scheme of Azure App Configuration has 15 minutes.
pub(super) const DATE_WINDOW: Duration = Duration::from_secs(15 * 60);

pub(super) const SIGNED_HEADERS: &str = "x-ms-date;host;x-ms-content-sha256";

/// Checks the parameters of `HMAC-SHA256` against the request.
pub(super) fn check(
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

/// A header that has to be there once.
pub(super) fn once<'a>(request: &'a Request, name: &str) -> Result<&'a str, ServiceError> {
    request.header(name).ok_or_else(|| {
        ServiceError::denied(match request.headers.get_all(name).iter().count() {
            0 if name == "authorization" => format!(
                "`{name}` is missing; sign the request with the access key, or send a user token"
            ),
            0 => format!("`{name}` is missing"),
            1 => format!("`{name}` has other characters than visible ASCII"),
            _ => format!("`{name}` is sent more than once; send it once"),
        })
    })
}
