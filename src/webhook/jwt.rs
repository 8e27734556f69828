//! Reads and verifies the token of a request.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use super::error::{WebhookError, quoted};
use crate::__private::RsaPublicKey;

/// The longest header, in bytes. The tokens of the service have about 1 KiB.
const MAX_HEADER_LENGTH: usize = 16 * 1024;
/// The tolerated difference between the clocks of this computer and of the service.
const LEEWAY: Duration = Duration::from_secs(60);

/// The expected claims of a token.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) audience: &'a str,
    /// The maximum age of the token.
    pub(super) max_age: Option<Duration>,
    pub(super) now: OffsetDateTime,
}

/// A token that has not been verified yet.
pub(super) struct Token<'a> {
    /// Header and payload, as they are signed (RFC 7515, section 5.1).
    signed: &'a str,
    payload: &'a str,
    signature: &'a str,
    key_id: String,
}

/// RFC 7515, section 4.1.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

/// RFC 7519, section 4.1. Times are seconds since 1970, possibly with a fraction.
#[derive(Deserialize)]
pub(super) struct Claims {
    iss: Option<String>,
    aud: Option<Audience>,
    exp: Option<f64>,
    nbf: Option<f64>,
    iat: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl<'a> Token<'a> {
    /// Reads the token of an `Authorization` header, or returns an error if it cannot be verified.
    pub(super) fn read(authorization: &'a [u8]) -> Result<Self, WebhookError> {
        let text = bearer(authorization)?;
        let not_rs256 =
            || WebhookError::not_authentic("the token is not a JWT that is signed with RS256");
        let (signed, signature) = text.rsplit_once('.').ok_or_else(not_rs256)?;
        let (header, payload) = signed.split_once('.').ok_or_else(not_rs256)?;
        let header = decoded(header).and_then(|json| serde_json::from_slice::<Header>(&json).ok());
        let header = header.filter(|header| header.alg == "RS256").ok_or_else(not_rs256)?;
        // RFC 7515, section 4.1.11: extensions that a verifier must understand.
        if header.crit.is_some() {
            return Err(WebhookError::not_authentic("the token's header requires an extension"));
        }
        let no_key = || WebhookError::not_authentic("the token's header names no key (`kid`)");
        Ok(Self { signed, payload, signature, key_id: header.kid.ok_or_else(no_key)? })
    }

    /// Returns the id of the key that the token names.
    pub(super) fn key_id(&self) -> &str {
        &self.key_id
    }

    /// Returns the claims, if the token is signed with the given key.
    pub(super) fn verify(&self, key: &RsaPublicKey) -> Result<Claims, WebhookError> {
        let signature = decoded(self.signature);
        if !signature.is_some_and(|signature| key.verifies(self.signed.as_bytes(), &signature)) {
            let key = quoted(&self.key_id);
            let text = format!("the token is not signed with the key {key}");
            return Err(WebhookError::not_authentic(text));
        }
        let claims = decoded(self.payload).and_then(|json| serde_json::from_slice(&json).ok());
        claims.ok_or_else(|| WebhookError::not_authentic("the token's claims cannot be read"))
    }
}

impl Claims {
    /// Checks the issuer, the audience and the times of the token.
    pub(super) fn check(&self, expected: &Expected<'_>) -> Result<(), WebhookError> {
        self.check_issuer(expected.issuer)?;
        self.check_audience(expected.audience)?;
        let now = expected.now.unix_timestamp_nanos() as f64 / 1e9;
        self.check_times(now)?;
        self.check_age(now, expected.max_age)
    }

    fn check_issuer(&self, expected: &str) -> Result<(), WebhookError> {
        if self.iss.as_deref() == Some(expected) {
            return Ok(());
        }
        let found = self.iss.as_deref().map_or_else(|| "missing".to_owned(), quoted);
        Err(WebhookError::not_authentic(format!(
            "the token's issuer is {found}; expected {}",
            quoted(expected)
        )))
    }

    fn check_audience(&self, expected: &str) -> Result<(), WebhookError> {
        let audience = match &self.aud {
            None => &[][..],
            Some(Audience::One(audience)) => std::slice::from_ref(audience),
            Some(Audience::Several(audiences)) => audiences,
        };
        if audience.iter().any(|audience| audience == expected) {
            return Ok(());
        }
        let found = audience.first().map_or_else(|| "missing".to_owned(), |first| quoted(first));
        Err(WebhookError::not_authentic(format!(
            "the token's audience is {found}; expected the resource id given to `WebhookVerifier`, {}",
            quoted(expected)
        )))
    }

    fn check_times(&self, now: f64) -> Result<(), WebhookError> {
        let leeway = LEEWAY.as_secs_f64();
        let Some(expiry) = self.exp else {
            return Err(WebhookError::not_authentic("the token has no expiry (`exp`)"));
        };
        if now >= expiry + leeway {
            let ago = now - expiry;
            let text = format!("the token has expired {ago:.0} s ago; check the clock");
            return Err(WebhookError::not_authentic(text));
        }
        match self.nbf {
            Some(start) if now + leeway < start => Err(WebhookError::not_authentic(format!(
                "the token is not valid for another {:.0} s; check the clock",
                start - now
            ))),
            _ => Ok(()),
        }
    }

    fn check_age(&self, now: f64, max: Option<Duration>) -> Result<(), WebhookError> {
        let Some(max) = max else { return Ok(()) };
        let Some(issued) = self.iat.or(self.nbf) else {
            return Err(WebhookError::not_authentic(
                "the token has no issue time (`iat` or `nbf`), and a maximum age is set",
            ));
        };
        let age = now - issued;
        if age > max.as_secs_f64() + LEEWAY.as_secs_f64() {
            let text = format!("the token was issued {age:.0} s ago; the maximum age is {max:?}");
            return Err(WebhookError::not_authentic(text));
        }
        Ok(())
    }
}

fn decoded(part: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).ok()
}

/// Returns the token in `Bearer <token>` (RFC 6750, section 2.1).
fn bearer(authorization: &[u8]) -> Result<&str, WebhookError> {
    if authorization.len() > MAX_HEADER_LENGTH {
        let text =
            format!("the `Authorization` header is longer than {} KiB", MAX_HEADER_LENGTH >> 10);
        return Err(WebhookError::not_authentic(text));
    }
    let parts = std::str::from_utf8(authorization).ok().and_then(|text| text.split_once(' '));
    match parts {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            Ok(token.trim_matches(' '))
        }
        _ => Err(WebhookError::not_authentic(
            "there is no `Authorization` header with the scheme `Bearer`",
        )),
    }
}
