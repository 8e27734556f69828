//! The bearer token of a callback: a JSON web token, signed with RS256.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::unix_seconds;
use crate::signing_key::{LazySigningKey, SigningKey};

/// The issuer of the tokens of Call Automation.
pub(crate) const ISSUER: &str = "https://acscallautomation.communication.azure.com";

/// The lifetime of a callback's token.
const LIFETIME: Duration = Duration::from_secs(5 * 60);

/// The lifetime of the token of a WebSocket, which can stay open for long.
const SOCKET_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// A fault of a token, for testing the program that checks it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TokenFault {
    Expired,
    WrongAudience,
    WrongKey,
    Missing,
}

impl TokenFault {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "expired" => Self::Expired,
            "wrongAudience" => Self::WrongAudience,
            "wrongKey" => Self::WrongKey,
            "missing" => Self::Missing,
            _ => return None,
        })
    }
}

/// Signs the tokens of one resource.
#[derive(Clone)]
pub(crate) struct CallbackTokens {
    audience: Uuid,
    key: Arc<LazySigningKey>,
}

impl CallbackTokens {
    /// `audience` is the id of the resource.
    pub(crate) fn new(audience: Uuid, key: Arc<LazySigningKey>) -> Self {
        Self { audience, key }
    }

    /// Issues a token for one attempt to deliver an event, or none.
    fn issue(&self, now: SystemTime, fault: Option<TokenFault>) -> Option<String> {
        let now = match fault {
            Some(TokenFault::Missing) => return None,
            Some(TokenFault::Expired) => now - 2 * LIFETIME,
            _ => now,
        };
        let audience = match fault {
            Some(TokenFault::WrongAudience) => Uuid::new_v4(),
            _ => self.audience,
        };
        let mut token = sign(self.key.get(), &claims(audience, now, LIFETIME));
        if fault == Some(TokenFault::WrongKey) {
            let length = token.len();
            token.replace_range(length - 40..length - 20, "AAAAAAAAAAAAAAAAAAAA");
        }
        Some(token)
    }

    /// The token of the request that opens a WebSocket.
    pub(crate) async fn issue_for_socket(&self, now: SystemTime) -> Option<String> {
        let claims = claims(self.audience, now, SOCKET_LIFETIME);
        let key = self.key.clone();
        SigningKey::beside_tasks(move || sign(key.get(), &claims)).await
    }

    /// The discovery document, whose keys are at `endpoint`.
    pub(crate) fn configuration(endpoint: &str) -> Value {
        json!({
            "issuer": ISSUER,
            "jwks_uri": format!("{endpoint}/calling/keys"),
            "id_token_signing_alg_values_supported": ["RS256"],
        })
    }

    /// The document with the public key.
    pub(crate) async fn keys_beside_tasks(&self) -> Option<Value> {
        let key = self.key.clone();
        SigningKey::beside_tasks(move || json!({ "keys": [key.get().jwk()] })).await
    }

    /// Like [`issue`](Self::issue), without keeping a task from going on.
    pub(crate) async fn issue_beside_tasks(
        &self,
        now: SystemTime,
        fault: Option<TokenFault>,
    ) -> Option<String> {
        let tokens = self.clone();
        SigningKey::beside_tasks(move || tokens.issue(now, fault)).await.flatten()
    }
}

impl fmt::Debug for CallbackTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CallbackTokens")
    }
}

fn claims(audience: Uuid, now: SystemTime, lifetime: Duration) -> Value {
    let now = unix_seconds(now);
    json!({
        "iss": ISSUER,
        "aud": audience.to_string(),
        "iat": now,
        "nbf": now,
        "exp": now + lifetime.as_secs(),
        "jti": Uuid::new_v4().to_string(),
    })
}

fn sign(key: &SigningKey, claims: &Value) -> String {
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": key.id() });
    let encode = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let mut token = format!("{}.{}", encode(&header), encode(claims));
    let signature = key.sign(token.as_bytes());
    token.push('.');
    BASE64_URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    token
}

#[cfg(test)]
mod tests {
    use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};

    use super::*;

    fn read_claims(token: &str) -> Value {
        let payload = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
    }

    fn tokens() -> CallbackTokens {
        CallbackTokens::new(Uuid::new_v4(), LazySigningKey::of_process())
    }

    fn is_signed(token: &str) -> bool {
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        let key = LazySigningKey::of_process().get().jwk();
        let part = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
        let key = RsaPublicKeyComponents { n: part("n"), e: part("e") };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature).is_ok()
    }

    #[test]
    fn a_token_is_valid_for_five_minutes_and_one_audience() {
        let (tokens, now) = (tokens(), SystemTime::now());
        let token = tokens.issue(now, None).unwrap();
        let read = read_claims(&token);
        assert!(is_signed(&token));
        assert_eq!(
            (&read["iss"], &read["aud"]),
            (&ISSUER.into(), &tokens.audience.to_string().into())
        );
        assert_eq!(read["exp"].as_u64().unwrap() - read["nbf"].as_u64().unwrap(), 300);
        assert_ne!(read["jti"], read_claims(&tokens.issue(now, None).unwrap())["jti"]);
    }

    #[tokio::test]
    async fn a_socket_gets_a_token_for_a_day() {
        let token = tokens().issue_for_socket(SystemTime::now()).await.unwrap();
        let read = read_claims(&token);
        assert!(is_signed(&token));
        assert_eq!(read["exp"].as_u64().unwrap() - read["nbf"].as_u64().unwrap(), 86_400);
    }

    #[test]
    fn each_fault_makes_a_token_invalid() {
        let (tokens, now) = (tokens(), SystemTime::now());
        assert_eq!(tokens.issue(now, Some(TokenFault::Missing)), None);
        let expired = tokens.issue(now, Some(TokenFault::Expired)).unwrap();
        assert!(is_signed(&expired));
        assert!(read_claims(&expired)["exp"].as_u64().unwrap() < unix_seconds(now));
        let audience = read_claims(&tokens.issue(now, Some(TokenFault::WrongAudience)).unwrap());
        assert_ne!(audience["aud"], tokens.audience.to_string());
        assert!(!is_signed(&tokens.issue(now, Some(TokenFault::WrongKey)).unwrap()));
    }
}
