//! The headers that an expert prepares once per client: ids, dates and signatures with little cost.

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::unit::{self, Variant};

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");
const REQUEST_ID: HeaderName = HeaderName::from_static("repeatability-request-id");
const FIRST_SENT: HeaderName = HeaderName::from_static("repeatability-first-sent");
const DATE: HeaderName = HeaderName::from_static("x-ms-date");
const CONTENT_HASH: HeaderName = HeaderName::from_static("x-ms-content-sha256");
const SCHEME: &[u8] = b"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";
/// The length of 32 bytes in base64.
const DIGEST: usize = 44;

/// The headers of a call.
pub(super) struct Headers {
    authorization: Authorization,
    /// The second, and its date.
    date: Mutex<(u64, HeaderValue)>,
}

enum Authorization {
    Bearer(HeaderValue),
    AccessKey(Hmac<Sha256>),
}

impl Headers {
    pub(super) fn new(variant: Variant) -> Self {
        let authorization = match variant {
            Variant::Bearer => {
                let mut value = HeaderValue::try_from(format!("Bearer {}", unit::token()))
                    .expect("a token is a header value");
                value.set_sensitive(true);
                Authorization::Bearer(value)
            }
            Variant::AccessKey => {
                let key = STANDARD.decode(unit::ACCESS_KEY).expect("the key is base64");
                let mac = Hmac::new_from_slice(&key).expect("HMAC takes a key of any length");
                Authorization::AccessKey(mac)
            }
        };
        Self { authorization, date: Mutex::new((0, HeaderValue::from_static(""))) }
    }

    /// All headers of the call.
    pub(super) fn of(&self, target: &str, host: &str, body: &[u8]) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, HeaderValue::from_static(unit::USER_AGENT));
        headers.insert(CLIENT_REQUEST_ID, uuid());
        headers.insert(REQUEST_ID, uuid());
        let date = self.date();
        headers.insert(FIRST_SENT, date.clone());
        match &self.authorization {
            Authorization::Bearer(value) => {
                headers.insert(AUTHORIZATION, value.clone());
            }
            Authorization::AccessKey(mac) => {
                let hash = base64(&Sha256::digest(body));
                let authorization = signature(mac, target, &date, host, &hash);
                headers.insert(DATE, date);
                headers.insert(CONTENT_HASH, value(&hash));
                headers.insert(AUTHORIZATION, authorization);
            }
        }
        headers
    }

    /// The date, formatted once per second.
    fn date(&self) -> HeaderValue {
        let now = SystemTime::now();
        let second = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let mut date = self.date.lock().unwrap_or_else(PoisonError::into_inner);
        if date.0 != second {
            *date = (second, value(httpdate::fmt_http_date(now).as_bytes()));
        }
        date.1.clone()
    }
}

fn uuid() -> HeaderValue {
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid();
    value(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes())
}

fn signature(
    mac: &Hmac<Sha256>,
    target: &str,
    date: &HeaderValue,
    host: &str,
    hash: &[u8],
) -> HeaderValue {
    let mut mac = mac.clone();
    let date = date.as_bytes();
    for piece in [b"POST\n", target.as_bytes(), b"\n", date, b";", host.as_bytes(), b";", hash] {
        mac.update(piece);
    }
    let mut text = [0; SCHEME.len() + DIGEST];
    text[..SCHEME.len()].copy_from_slice(SCHEME);
    text[SCHEME.len()..].copy_from_slice(&base64(&mac.finalize().into_bytes()));
    value(&text)
}

fn base64(digest: &[u8]) -> [u8; DIGEST] {
    let mut text = [0; DIGEST];
    STANDARD.encode_slice(digest, &mut text).expect("32 bytes are 44 characters");
    text
}

fn value(text: &[u8]) -> HeaderValue {
    HeaderValue::from_bytes(text).expect("visible ASCII is a header value")
}
