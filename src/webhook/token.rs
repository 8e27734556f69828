//! One token: what it says, and whether to believe it.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::aws_lc;
use jsonwebtoken::{Algorithm, DecodingKey, decode_header};
use serde::Deserialize;

use super::error::{WebhookError, quoted};

/// Who signs the tokens.
const ISSUER: &str = "https://acscallautomation.communication.azure.com";
/// Tokens of the service have about one KiB; nothing longer than this is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// How wrong this clock and the service's may be, together.
const LEEWAY: Duration = Duration::from_secs(60);

/// A token that is not verified yet.
pub(super) struct Token<'a> {
    text: &'a str,
    key_id: String,
}

/// What a verified token says (RFC 7519, section 4.1).
#[derive(Deserialize)]
pub(super) struct Claims {
    iss: Option<String>,
    aud: Option<Audience>,
    /// Seconds since 1970, possibly with a fraction, as `nbf`.
    exp: Option<f64>,
    nbf: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl<'a> Token<'a> {
    /// The token of an `Authorization` header, if it is one that could be verified.
    pub(super) fn read(authorization: &'a [u8]) -> Result<Self, WebhookError> {
        let text = bearer(authorization)?;
        // Among the algorithms that jsonwebtoken reads there is no `none`.
        let header = decode_header(text).ok().filter(|header| header.alg == Algorithm::RS256);
        let Some(header) = header else {
            return Err(WebhookError::not_authentic(
                "the token is no JWT that is signed with RS256",
            ));
        };
        // RFC 7515, section 4.1.11: what must be understood, and is not.
        if header.crit.is_some() {
            return Err(WebhookError::not_authentic("the token's header asks for an extension"));
        }
        let no_key = || WebhookError::not_authentic("the token's header names no key (`kid`)");
        Ok(Self { text, key_id: header.kid.ok_or_else(no_key)? })
    }

    /// The key that it says it is signed with.
    pub(super) fn key_id(&self) -> &str {
        &self.key_id
    }

    /// What it says, if it is signed with this key.
    pub(super) fn verify(&self, key: &DecodingKey) -> Result<Claims, WebhookError> {
        let payload = self.signed_payload(key).ok_or_else(|| {
            let key = quoted(&self.key_id);
            WebhookError::not_authentic(format!("the token is not signed with the key {key}"))
        })?;
        serde_json::from_slice(&payload)
            .map_err(|_| WebhookError::not_authentic("the token's claims cannot be read"))
    }

    fn signed_payload(&self, key: &DecodingKey) -> Option<Vec<u8>> {
        // Not `jsonwebtoken::decode`: it reads the system's clock, and panics in a program whose
        // other dependencies switch on another of its cryptographic providers.
        let verifier = (aws_lc::DEFAULT_PROVIDER.verifier_factory)(&Algorithm::RS256, key).ok()?;
        let (signed, signature) = self.text.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        verifier.verify(signed.as_bytes(), &signature).ok()?;
        let (_, payload) = signed.split_once('.')?;
        URL_SAFE_NO_PAD.decode(payload).ok()
    }
}

impl Claims {
    /// Whether the token is the service's, for that audience, and valid now.
    pub(super) fn check(&self, audience: &str, now: SystemTime) -> Result<(), WebhookError> {
        self.check_issuer()?;
        self.check_audience(audience)?;
        self.check_times(now)
    }

    fn check_issuer(&self) -> Result<(), WebhookError> {
        match self.iss.as_deref() {
            Some(ISSUER) => Ok(()),
            other => Err(WebhookError::not_authentic(format!(
                "the token's issuer is {}; expected `{ISSUER}`",
                other.map_or_else(|| "missing".to_owned(), quoted)
            ))),
        }
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

    fn check_times(&self, now: SystemTime) -> Result<(), WebhookError> {
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let leeway = LEEWAY.as_secs_f64();
        let Some(expiry) = self.exp else {
            return Err(WebhookError::not_authentic("the token does not say when it expires"));
        };
        if now >= expiry + leeway {
            let text =
                format!("the token has expired {:.0} s ago; is the clock right?", now - expiry);
            return Err(WebhookError::not_authentic(text));
        }
        match self.nbf {
            Some(start) if now + leeway < start => Err(WebhookError::not_authentic(format!(
                "the token is not valid for another {:.0} s; is the clock right?",
                start - now
            ))),
            _ => Ok(()),
        }
    }
}

/// The token in `Bearer <token>` (RFC 6750, section 2.1).
fn bearer(authorization: &[u8]) -> Result<&str, WebhookError> {
    if authorization.len() > LONGEST {
        let text = format!("the `Authorization` header is longer than {} KiB", LONGEST >> 10);
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
