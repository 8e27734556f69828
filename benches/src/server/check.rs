//! Checks that a request is the unit of work: path, query, headers, body and signature.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::message::Message;
use crate::unit;

/// Returns the first difference, in words.
pub(super) fn check(request: &Message<'_>) -> Result<(), String> {
    let line = format!("POST {} HTTP/1.1", unit::TARGET);
    expect("the request line", request.request_line(), &line)?;
    expect("`Accept`", header(request, "accept")?, "application/json")?;
    expect("`Content-Type`", header(request, "content-type")?, "application/json")?;
    for name in ["host", "user-agent"] {
        header(request, name)?;
    }
    for name in ["repeatability-request-id", "x-ms-client-request-id"] {
        let id = header(request, name)?;
        let is_random = uuid::Uuid::try_parse(id).is_ok_and(|uuid| uuid.get_version_num() == 4)
            && id.len() == 36;
        ensure(is_random, format!("`{name}` is not a UUID of version 4"))?;
    }
    date(request, "repeatability-first-sent")?;
    body(request.body)?;
    match header(request, "authorization")?.strip_prefix("Bearer ") {
        Some(token) => expect("the token", token, unit::token()),
        None => signature(request),
    }
}

fn body(body: &[u8]) -> Result<(), String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let text = |pointer| body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    expect(
        "the participant",
        text("/targetParticipants/0/communicationUser/id"),
        unit::PARTICIPANT,
    )?;
    expect("the context", text("/operationContext"), unit::CONTEXT)
}

/// Source: <https://learn.microsoft.com/rest/api/communication/authentication>.
fn signature(request: &Message<'_>) -> Result<(), String> {
    date(request, "x-ms-date")?;
    let hash = STANDARD.encode(Sha256::digest(request.body));
    expect("`x-ms-content-sha256`", header(request, "x-ms-content-sha256")?, &hash)?;
    let (host, date) = (header(request, "host")?, header(request, "x-ms-date")?);
    let key = STANDARD.decode(unit::ACCESS_KEY).map_err(|error| error.to_string())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| error.to_string())?;
    mac.update(format!("POST\n{}\n{date};{host};{hash}", unit::TARGET).as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let expected = format!(
        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}"
    );
    expect("the signature", header(request, "authorization")?, &expected)
}

fn date(request: &Message<'_>, name: &str) -> Result<(), String> {
    let is_date = httpdate::parse_http_date(header(request, name)?).is_ok();
    ensure(is_date, format!("`{name}` is not a date"))
}

fn header<'a>(request: &Message<'a>, name: &str) -> Result<&'a str, String> {
    request.header(name).ok_or_else(|| format!("`{name}` must come once"))
}

fn expect(what: &str, found: &str, expected: &str) -> Result<(), String> {
    ensure(found == expected, format!("{what} is `{found}`, not `{expected}`"))
}

fn ensure(is_right: bool, wrong: String) -> Result<(), String> {
    is_right.then_some(()).ok_or(wrong)
}
