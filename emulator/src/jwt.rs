//! User access tokens: JSON web tokens that only their emulator can sign and verify.

use std::fmt;
use std::time::SystemTime;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::hmac;
use serde::{Deserialize, Serialize};

use crate::access_key::{hmac_key, random_bytes};
use crate::clock::unix_seconds;

/// Signs and reads the tokens of one emulator.
pub(crate) struct Tokens {
    key: [u8; 32],
}

impl Tokens {
    pub(crate) fn new() -> Self {
        Self { key: random_bytes() }
    }

    pub(crate) fn sign(&self, claims: &Claims) -> String {
        let payload = serde_json::to_vec(claims).expect("claims are strings and numbers");
        let header = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
        let mut token = format!("{header}.{}", BASE64_URL_SAFE_NO_PAD.encode(payload));
        let tag = hmac::sign(&hmac_key(&self.key), token.as_bytes());
        token.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(tag, &mut token);
        token
    }

    /// Returns the claims of a valid token signed here, or its fault.
    pub(crate) fn read(&self, token: &str, now: SystemTime) -> Result<Claims, &'static str> {
        let (signed, signature) = token.rsplit_once('.').ok_or("is not a JSON web token")?;
        let (_, payload) = signed.split_once('.').ok_or("is not a JSON web token")?;
        let decode = |text| BASE64_URL_SAFE_NO_PAD.decode(text).ok();
        let signature = decode(signature).ok_or("has a signature that is not base64url")?;
        // The header need not be checked: it is signed, and the key signs nothing else.
        hmac::verify(&hmac_key(&self.key), signed.as_bytes(), &signature)
            .map_err(|_| "was not issued by this emulator")?;
        let claims = decode(payload).and_then(|json| serde_json::from_slice(&json).ok());
        let claims: Claims = claims.ok_or("has claims that cannot be read")?;
        if claims.exp <= unix_seconds(now) {
            return Err("has expired");
        }
        Ok(claims)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Tokens")
    }
}

/// The claims of a token, with the names that ACS uses.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Claims {
    /// The user's raw id, without the leading `8:`.
    pub(crate) skypeid: String,
    #[serde(rename = "acsScope")]
    pub(crate) acs_scope: String,
    pub(crate) iat: u64,
    pub(crate) exp: u64,
    /// How often the user's tokens had been revoked when this one was issued: seconds are too
    /// coarse to tell a token from the one it replaces.
    pub(crate) revision: u32,
}

impl Claims {
    /// The raw id of the user.
    pub(crate) fn user(&self) -> String {
        format!("8:{}", self.skypeid)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn claims() -> Claims {
        Claims {
            skypeid: "acs:alice".to_owned(),
            acs_scope: "voip".to_owned(),
            iat: 100,
            exp: 200,
            revision: 0,
        }
    }

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn a_token_is_read_until_it_expires() {
        let tokens = Tokens::new();
        let token = tokens.sign(&claims());
        assert_eq!(token.split('.').count(), 3);
        assert_eq!(tokens.read(&token, at(199)), Ok(claims()));
        assert_eq!(tokens.read(&token, at(200)), Err("has expired"));
        assert_eq!(claims().user(), "8:acs:alice");
    }

    #[test]
    fn a_foreign_or_altered_token_is_refused() {
        let tokens = Tokens::new();
        let token = tokens.sign(&claims());
        let foreign = Tokens::new().sign(&claims());
        assert!(tokens.read(&foreign, at(150)).is_err());
        for index in 0..token.len() - 1 {
            let mut altered = token.clone().into_bytes();
            altered[index] = if altered[index] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            assert!(tokens.read(&altered, at(150)).is_err(), "{altered}");
        }
        for junk in ["", ".", "..", "a.b.c", "a", "....", "é.é.é"] {
            assert!(tokens.read(junk, at(150)).is_err(), "{junk}");
        }
    }
}
