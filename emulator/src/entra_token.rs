//! Tokens of Microsoft Entra ID, which the emulator reads but cannot verify.

use std::time::SystemTime;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::clock::unix_seconds;

/// The claims of a token. Its signature is not verified.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct EntraToken {
    #[serde(rename = "tid")]
    pub(crate) tenant_id: String,
    #[serde(rename = "oid")]
    pub(crate) object_id: String,
    /// `appid` in tokens of version 1, `azp` in those of version 2.
    #[serde(rename = "appid", alias = "azp")]
    pub(crate) client_id: String,
    exp: u64,
}

impl EntraToken {
    /// Reads a token, or returns its fault.
    pub(crate) fn read(token: &str, now: SystemTime) -> Result<Self, &'static str> {
        let mut parts = token.split('.');
        let (Some(_), Some(payload), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err("is not a JSON web token");
        };
        let payload = BASE64_URL_SAFE_NO_PAD.decode(payload).ok();
        let claims = payload.and_then(|json| serde_json::from_slice(&json).ok());
        let token: Self =
            claims.ok_or("does not have the claims `tid`, `oid`, `appid` or `azp`, and `exp`")?;
        if token.exp <= unix_seconds(now) {
            return Err("has expired");
        }
        Ok(token)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::*;

    pub(crate) fn token(claims: &Value) -> String {
        format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()))
    }

    fn read(token: &str) -> Result<EntraToken, &'static str> {
        EntraToken::read(token, SystemTime::UNIX_EPOCH + Duration::from_secs(100))
    }

    #[test]
    fn both_versions_name_the_application() {
        let first = json!({ "tid": "t", "oid": "o", "appid": "a", "exp": 101 });
        let second = json!({ "tid": "t", "oid": "o", "azp": "a", "exp": 101, "more": 1 });
        assert_eq!(read(&token(&first)).unwrap(), read(&token(&second)).unwrap());
    }

    #[test]
    fn invalid_and_expired_tokens_are_refused() {
        let expired = token(&json!({ "tid": "t", "oid": "o", "appid": "a", "exp": 100 }));
        assert_eq!(read(&expired), Err("has expired"));
        for wrong in ["", "a", "..", "a.b.c", "e30.e30.e30", "a.b.c.d"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
