//! The keys that tokens are signed with, and where they come from.

use std::collections::HashMap;
use std::sync::Arc;

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;

use super::error::{WebhookError, quoted};
use super::fetch::Published;

/// Where a verifier has its keys from.
#[derive(Clone)]
pub(super) enum KeySource {
    Given(Arc<KeySet>),
    Published(Published),
}

/// RSA keys by their ids.
pub(super) struct KeySet(HashMap<String, DecodingKey>);

/// RFC 7517, section 5.
#[derive(Deserialize)]
struct JwkSet {
    keys: Vec<Value>,
}

impl KeySource {
    /// The key with that id.
    pub(super) async fn key(&self, id: &str) -> Result<DecodingKey, WebhookError> {
        match self {
            Self::Given(keys) => keys.get(id).cloned().ok_or_else(|| {
                let id = quoted(id);
                let text = format!("the token names the key {id}, which is not among those given");
                WebhookError::not_authentic(text)
            }),
            Self::Published(published) => published.key(id).await,
        }
    }
}

impl KeySet {
    /// The keys of a JSON Web Key Set that RS256 can be verified with; the rest is passed over, as
    /// RFC 7517, section 5, has it.
    pub(super) fn read(json: &[u8]) -> Result<Self, &'static str> {
        let set: JwkSet =
            serde_json::from_slice(json).map_err(|_| "this is no JSON Web Key Set")?;
        let keys: HashMap<_, _> = set.keys.into_iter().filter_map(rsa_key).collect();
        if keys.is_empty() {
            return Err("there is no RSA key with an id among them");
        }
        Ok(Self(keys))
    }

    pub(super) fn get(&self, id: &str) -> Option<&DecodingKey> {
        self.0.get(id)
    }
}

fn rsa_key(value: Value) -> Option<(String, DecodingKey)> {
    let jwk = Jwk::deserialize(value).ok()?;
    let common = &jwk.common;
    let is_rsa = matches!(jwk.algorithm, AlgorithmParameters::RSA(_));
    let is_for_rs256 = matches!(common.key_algorithm, None | Some(KeyAlgorithm::RS256));
    let is_for_signing = matches!(common.public_key_use, None | Some(PublicKeyUse::Signature));
    if !(is_rsa && is_for_rs256 && is_for_signing) {
        return None;
    }
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some((jwk.common.key_id?, key))
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
            rsa("encryption", json!({"use": "enc"})),
            rsa("hmac", json!({"alg": "HS256"})),
            rsa("broken", json!({"n": "not base64!"})),
            {"kty": "RSA", "n": "sCA3", "e": "AQAB"},
            {"kty": "RSA", "kid": "half", "e": "AQAB"},
            {"kty": "oct", "kid": "secret", "k": "c2VjcmV0"},
            {"kty": "unheard of", "kid": "new"},
            "nonsense",
        ]});
        let keys = KeySet::read(keys.to_string().as_bytes()).unwrap_or_else(|why| panic!("{why}"));
        let mut ids: Vec<_> = keys.0.keys().collect();
        ids.sort();
        assert_eq!(ids, ["bare", "good"]);
    }

    #[test]
    fn what_holds_no_key_is_refused() {
        for json in ["", "{}", "[]", "null", "<html>", r#"{"keys":{}}"#, r#"{"keys":[]}"#] {
            assert!(KeySet::read(json.as_bytes()).is_err(), "{json}");
        }
    }
}
