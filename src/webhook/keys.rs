//! The keys that sign tokens: a JSON Web Key Set.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

use super::error::{WebhookError, quoted};
use crate::__private::RsaPublicKey;

/// RSA keys by their ids.
pub(super) struct KeySet(HashMap<String, RsaPublicKey>);

/// RFC 7517, section 5.
#[derive(Deserialize)]
struct JwkSet {
    keys: Vec<Value>,
}

/// RFC 7517, section 4, and RFC 7518, section 6.3.1.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    r#use: Option<String>,
    alg: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

impl KeySet {
    /// Reads the keys of a JSON Web Key Set that can verify RS256; others are skipped (RFC 7517,
    /// section 5).
    pub(super) fn read(json: &[u8]) -> Result<Self, &'static str> {
        let set: JwkSet =
            serde_json::from_slice(json).map_err(|_| "the text is not a JSON Web Key Set")?;
        let keys: HashMap<_, _> = set.keys.into_iter().filter_map(rsa_key).collect();
        if keys.is_empty() {
            return Err("the set contains no RSA key with an id");
        }
        Ok(Self(keys))
    }

    pub(super) fn get(&self, id: &str) -> Option<&RsaPublicKey> {
        self.0.get(id)
    }

    /// Returns the key with the given id. `origin` is part of the error if the key is missing.
    pub(super) fn require(&self, id: &str, origin: &str) -> Result<&RsaPublicKey, WebhookError> {
        self.get(id).ok_or_else(|| {
            let id = quoted(id);
            WebhookError::not_authentic(format!("the token names the key {id}, which {origin}"))
        })
    }
}

fn rsa_key(value: Value) -> Option<(String, RsaPublicKey)> {
    let jwk = Jwk::deserialize(value).ok()?;
    let is_or_absent =
        |found: &Option<String>, expected| found.as_deref().is_none_or(|found| found == expected);
    let is_for_rs256 = is_or_absent(&jwk.r#use, "sig") && is_or_absent(&jwk.alg, "RS256");
    if jwk.kty != "RSA" || !is_for_rs256 {
        return None;
    }
    let key = RsaPublicKey::new(integer(&jwk.n?)?, integer(&jwk.e?)?).ok()?;
    Some((jwk.kid?, key))
}

/// A Base64urlUInt (RFC 7518, section 2), without leading zeros.
fn integer(text: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let start = bytes.iter().position(|byte| *byte != 0)?;
    Some(bytes[start..].to_vec())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_rsa_keys_for_signing_are_taken() {
        let rsa = |kid: &str, rest: Value| {
            let mut key = json!({"kty": "RSA", "kid": kid, "n": "sCA3", "e": "AQAB"});
            key.as_object_mut().expect("an object").extend(rest.as_object().expect("one").clone());
            key
        };
        let keys = json!({"issuer": "x", "keys": [
            rsa("good", json!({"use": "sig", "alg": "RS256", "x5c": ["MII"], "x5t": "x", "new": 1})),
            rsa("bare", json!({})),
            rsa("leading zeros", json!({"n": "AACwIDc"})),
            rsa("encryption", json!({"use": "enc"})),
            rsa("hmac", json!({"alg": "HS256"})),
            rsa("broken", json!({"n": "not base64!"})),
            rsa("zero", json!({"n": "AAAA"})),
            {"kty": "RSA", "n": "sCA3", "e": "AQAB"},
            {"kty": "RSA", "kid": "half", "e": "AQAB"},
            {"kty": "oct", "kid": "secret", "k": "c2VjcmV0"},
            {"kty": "unheard of", "kid": "new"},
            "nonsense",
        ]});
        let keys = KeySet::read(keys.to_string().as_bytes()).unwrap_or_else(|why| panic!("{why}"));
        let mut ids: Vec<_> = keys.0.keys().collect();
        ids.sort();
        assert_eq!(ids, ["bare", "good", "leading zeros"]);
    }

    #[test]
    fn a_text_without_a_key_is_refused() {
        for json in ["", "{}", "[]", "null", "<html>", r#"{"keys":{}}"#, r#"{"keys":[]}"#] {
            assert!(KeySet::read(json.as_bytes()).is_err(), "{json}");
        }
    }
}
