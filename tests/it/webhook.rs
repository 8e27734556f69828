//! Which callback requests are accepted: the tokens, with given keys.

use std::time::{Duration, SystemTime};

use acs_rest::Cloud;
use acs_rest::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use acs_rest::webhook::{WebhookError, WebhookErrorKind, WebhookVerifier};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
};
use serde_json::{Value, json};

use crate::recorder::StoppedAt;

pub(crate) const RESOURCE: &str = "0a1b2c3d-0000-4000-8000-000000000000";
pub(crate) const KEYS: &str = include_str!("../data/webhook/keys.json");
const KEY: &str = include_str!("../data/webhook/key.pem");
const OTHER: &str = include_str!("../data/webhook/other.pem");
const NOW: u64 = 1_800_000_000;

/// Signs with the private key in a PEM text.
fn rsa(pem: &str, scheme: &'static dyn RsaEncoding) -> impl Fn(&[u8]) -> Vec<u8> {
    let der: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let key = RsaKeyPair::from_der(&STANDARD.decode(der).unwrap()).unwrap();
    move |signed| {
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(scheme, &SystemRandom::new(), signed, &mut signature).unwrap();
        signature
    }
}

/// What the service says, with changes; `null` takes a claim away.
fn claims(changes: Value) -> Value {
    let mut claims = json!({
        "iss": "https://acscallautomation.communication.azure.com",
        "aud": RESOURCE, "iat": NOW, "nbf": NOW, "exp": NOW + 300,
    });
    let all = claims.as_object_mut().unwrap();
    all.extend(changes.as_object().unwrap().clone());
    all.retain(|_, value| !value.is_null());
    claims
}

/// A JWT with these claims (RFC 7515, section 3.1).
fn token(algorithm: &str, key_id: &str, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let header = json!({"typ": "JWT", "alg": algorithm, "kid": key_id});
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", part(&header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// A good token but for its claims.
pub(crate) fn saying(changes: Value) -> String {
    token("RS256", "test-key", &claims(changes), rsa(KEY, &RSA_PKCS1_SHA256))
}

/// A good token but for its key.
pub(crate) fn naming(key_id: &str) -> String {
    token("RS256", key_id, &claims(json!({})), rsa(KEY, &RSA_PKCS1_SHA256))
}

/// A token without a true signature.
fn made_up(header: Value, signature: &str) -> String {
    let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.{signature}", part(header), part(claims(json!({}))))
}

/// What was right about the time that the tokens above are for.
pub(crate) fn clock() -> StoppedAt {
    StoppedAt(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW))
}

fn verifier() -> WebhookVerifier {
    WebhookVerifier::with_keys(RESOURCE, KEYS).unwrap().time_source(clock())
}

/// The headers of a request with this `Authorization`.
pub(crate) fn authorization(value: impl AsRef<[u8]>) -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_bytes(value.as_ref()).unwrap())])
}

pub(crate) fn bearer(token: &str) -> HeaderMap {
    authorization(format!("Bearer {token}"))
}

async fn verify(token: &str) -> Result<(), WebhookError> {
    verifier().verify(&bearer(token)).await
}

/// Refused with that text, which does not hold the token.
async fn assert_refused(token: &str, text: &str) {
    let error = verify(token).await.unwrap_err();
    assert_eq!(error.kind(), WebhookErrorKind::NotAuthentic, "{error}");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains(text), "{shown}; expected {text}");
    for part in token.split('.').filter(|part| part.len() > 8) {
        assert!(!shown.contains(part), "{shown}");
    }
}

#[tokio::test]
async fn a_valid_token_is_accepted() {
    for changes in [
        json!({}),
        json!({"nbf": null, "iat": null}),
        json!({"aud": ["another", RESOURCE]}),
        json!({"exp": NOW as f64 + 0.5, "new": {"claim": []}}),
    ] {
        verify(&saying(changes.clone())).await.unwrap_or_else(|error| panic!("{changes}: {error}"));
    }
}

#[tokio::test]
async fn a_token_for_another_is_refused() {
    let issuer = "expected `https://acscallautomation.communication.azure.com`";
    let audience = "expected the resource id given to `WebhookVerifier`, `0a1b2c3d-";
    for (changes, text) in [
        (json!({"iss": "https://evil.example"}), "issuer is `https://evil.example`;"),
        (json!({"iss": "https://acscallautomation.communication.azure.com/"}), issuer),
        (json!({"iss": null}), issuer),
        (json!({"aud": "b57d"}), "audience is `b57d`; expected the resource id"),
        (json!({"aud": ["b57d", "c68e"]}), audience),
        (json!({"aud": []}), audience),
        (json!({"aud": null}), audience),
        (json!({"aud": RESOURCE.to_uppercase()}), audience),
        (json!({"aud": "\u{1b}[2J\n".repeat(99)}), "`\\u{1b}[2J\\n"),
        (json!({"aud": 5}), "claims cannot be read"),
        (json!({"iss": ["https://acscallautomation.communication.azure.com"]}), "cannot be read"),
    ] {
        assert_refused(&saying(changes), text).await;
    }
}

#[tokio::test]
async fn a_token_is_valid_within_its_times() {
    for (changes, text) in [
        (json!({"exp": NOW - 60}), "expired 60 s ago"),
        (json!({"exp": NOW - 9_999}), "expired 9999 s ago"),
        (json!({"exp": 0}), "expired"),
        (json!({"exp": -1}), "expired"),
        (json!({"exp": null}), "has no expiry (`exp`)"),
        (json!({"exp": "never"}), "claims cannot be read"),
        (json!({"nbf": NOW + 61}), "not valid for another 61 s"),
        (json!({"nbf": 1e300}), "not valid"),
    ] {
        assert_refused(&saying(changes), text).await;
    }
    // A clock may be a minute wrong, either way.
    verify(&saying(json!({"exp": NOW - 59}))).await.unwrap();
    verify(&saying(json!({"nbf": NOW + 60}))).await.unwrap();
}

#[tokio::test]
async fn only_rs256_with_the_named_key_is_accepted() {
    let no_jwt = "not a JWT that is signed with RS256";
    for signature in ["", "c2lnbmF0dXJl"] {
        for none in ["none", "None", "", "RS255"] {
            let header = json!({"alg": none, "kid": "test-key"});
            assert_refused(&made_up(header, signature), no_jwt).await;
        }
        let header = json!({"alg": "RS256", "kid": "test-key"});
        assert_refused(&made_up(header, signature), "not signed with the key `test-key`").await;
    }
    let (rs384, ps256) = (rsa(KEY, &RSA_PKCS1_SHA384), rsa(KEY, &RSA_PSS_SHA256));
    for token in [
        token("RS384", "test-key", &claims(json!({})), rs384),
        token("PS256", "test-key", &claims(json!({})), ps256),
    ] {
        assert_refused(&token, no_jwt).await;
    }
    let token = token("RS256", "test-key", &claims(json!({})), rsa(OTHER, &RSA_PKCS1_SHA256));
    assert_refused(&token, "not signed with the key `test-key`").await;
    assert_refused(&naming("\u{7}new"), "the key `\\u{7}new`, which is not among those").await;
}

/// The public key is no secret: what it authenticates as one is worth nothing.
#[tokio::test]
async fn a_public_key_is_not_accepted_as_an_hmac_secret() {
    let keys: Value = serde_json::from_str(KEYS).unwrap();
    let modulus = keys["keys"][0]["n"].as_str().unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(modulus).unwrap();
    for secret in [KEYS.as_bytes(), modulus.as_bytes(), &bytes] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let sign = |signed: &[u8]| hmac::sign(&key, signed).as_ref().to_vec();
        let token = token("HS256", "test-key", &claims(json!({})), sign);
        assert_refused(&token, "not a JWT that is signed with RS256").await;
        let (_, rest) = token.split_once('.').unwrap();
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","kid":"test-key"}"#);
        assert_refused(&format!("{header}.{rest}"), "not signed with").await;
    }
}

#[tokio::test]
async fn a_changed_token_is_refused() {
    let good = saying(json!({}));
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (header, payload) = signed.split_once('.').unwrap();
    let other = URL_SAFE_NO_PAD.encode(claims(json!({"exp": NOW + 9_999})).to_string());
    for token in [
        format!("{header}.{other}.{signature}"),
        format!("{header}.{payload}."),
        format!("{header}.{payload}.{signature}="),
        format!("{header}.{payload}.{}", &signature[..signature.len() - 4]),
    ] {
        assert_refused(&token, "not signed with the key").await;
    }
    for token in [
        "".into(),
        "..".into(),
        "a.b.c".into(),
        signed.to_owned(),
        format!("{good}.x"),
        format!("x.{good}"),
        format!("{good} {good}"),
        "\u{202e}".into(),
        "[".repeat(9_999),
        format!("{}.e30.", URL_SAFE_NO_PAD.encode("[".repeat(9_999))),
    ] {
        assert_refused(&token, "").await;
    }
    let no_key = made_up(json!({"alg": "RS256"}), signature);
    assert_refused(&no_key, "names no key (`kid`)").await;
    let critical = made_up(json!({"alg": "RS256", "kid": "test-key", "crit": ["b64"]}), signature);
    assert_refused(&critical, "requires an extension").await;
}

#[tokio::test]
async fn only_a_bearer_token_of_limited_length_is_read() {
    let (verifier, good) = (verifier(), saying(json!({})));
    for scheme in ["Bearer", "bearer", "BEARER", "bEaReR "] {
        verifier.verify(&authorization(format!("{scheme} {good}"))).await.unwrap();
    }
    let scheme = "no `Authorization` header with the scheme `Bearer`";
    let error = verifier.verify(&HeaderMap::new()).await.unwrap_err();
    assert!(error.to_string().contains(scheme), "{error}");
    let mut twice = bearer(&good);
    twice.append(AUTHORIZATION, twice[AUTHORIZATION].clone());
    let error = verifier.verify(&twice).await.unwrap_err();
    assert!(error.to_string().contains("more than one `Authorization`"), "{error}");
    for (value, text) in [
        (String::new(), scheme),
        (good.clone(), scheme),
        (format!("Basic {good}"), scheme),
        (format!("Bearer{good}"), scheme),
        (format!(" Bearer {good}"), scheme),
        (format!("Bearer,{good}"), scheme),
        (format!("Bearer {}", "a".repeat(16 * 1024)), "longer than 16 KiB"),
    ] {
        let error = verifier.verify(&authorization(value)).await.unwrap_err();
        assert_eq!(error.kind(), WebhookErrorKind::NotAuthentic);
        assert!(error.to_string().contains(text), "{error}");
    }
    verifier.verify(&authorization(b"Bearer \xff\xfe")).await.unwrap_err();
}

#[tokio::test]
async fn a_token_may_be_too_old_before_it_expires() {
    let hour = Duration::from_secs(3_600);
    let verifier = verifier().max_token_age(hour);
    let issued = |ago: u64| json!({"iat": NOW - ago, "nbf": NOW - ago, "exp": NOW + 86_400 - ago});
    for ago in [0, 3_600, 3_660] {
        verifier.verify(&bearer(&saying(issued(ago)))).await.unwrap();
    }
    for (claims, text) in [
        (issued(3_661), "issued 3661 s ago; the maximum age is 3600s"),
        (json!({"iat": null, "nbf": NOW - 9_999}), "issued 9999 s ago"),
        (json!({"iat": null, "nbf": null}), "has no issue time (`iat` or `nbf`)"),
    ] {
        let error = verifier.verify(&bearer(&saying(claims))).await.unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[tokio::test]
async fn the_upgrade_of_a_streaming_socket() {
    let mut headers = bearer(&saying(json!({"exp": NOW + 86_400})));
    let upgrade = verifier().verify_upgrade(&headers).await.unwrap();
    assert_eq!((upgrade.call_connection_id, upgrade.correlation_id), (None, None));
    headers.insert("x-ms-call-connection-id", HeaderValue::from_static("a"));
    headers.insert("x-ms-call-correlation-id", HeaderValue::from_static("b"));
    let upgrade = verifier().verify_upgrade(&headers).await.unwrap();
    assert_eq!(upgrade.call_connection_id.as_deref(), Some("a"));
    assert_eq!(upgrade.correlation_id.as_deref(), Some("b"));
    headers.insert("x-ms-call-connection-id", HeaderValue::from_bytes(b"\xff").unwrap());
    let error = verifier().verify_upgrade(&headers).await.unwrap_err();
    assert_eq!(error.kind().status(), 401);
    headers.remove(AUTHORIZATION);
    verifier().verify_upgrade(&headers).await.unwrap_err();
}

#[tokio::test]
async fn another_cloud_and_another_issuer() {
    for (verifier, issuer) in [
        (verifier().cloud(Cloud::UsGovernment), Cloud::UsGovernment.token_issuer()),
        (verifier().issuer("http://127.0.0.1:8080"), "http://127.0.0.1:8080"),
    ] {
        verifier.verify(&bearer(&saying(json!({"iss": issuer})))).await.unwrap();
        let error = verifier.verify(&bearer(&saying(json!({})))).await.unwrap_err();
        assert!(error.to_string().contains(&format!("expected `{issuer}`")), "{error}");
    }
    for url in
        ["", "/keys", "http://contoso.example/keys", "https://a.example", "https://a.example/#"]
    {
        let error = verifier().signing_keys_url(url).unwrap_err();
        assert_eq!(error.kind(), acs_rest::ErrorKind::Configuration, "{url}");
    }
}

#[test]
fn invalid_keys_are_refused() {
    for keys in ["", "{}", r#"{"keys":[]}"#, r#"{"keys":[{"kty":"oct","kid":"a","k":"c2Vj"}]}"#] {
        let error = WebhookVerifier::with_keys(RESOURCE, keys).unwrap_err();
        assert_eq!(error.kind(), acs_rest::ErrorKind::Configuration);
        assert!(error.to_string().starts_with("the keys cannot be used: "), "{error}");
    }
}

#[test]
fn a_verifier_shows_only_its_audience() {
    let verifier = WebhookVerifier::with_keys(RESOURCE, KEYS).unwrap();
    assert_eq!(
        format!("{verifier:?}"),
        format!("WebhookVerifier {{ resource_id: {RESOURCE:?}, .. }}")
    );
}
