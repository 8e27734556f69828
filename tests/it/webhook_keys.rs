//! Fetching the keys of callback tokens: rarely, once for all callers, and without losing them. On
//! a paused clock.

use std::time::Duration;

use acs_rest::transport::Transport;
use acs_rest::webhook::{WebhookError, WebhookErrorKind, WebhookVerifier};
use acs_rest::{AccessKey, Client, Cloud};

use serde_json::json;

use crate::memory_transport::{Memory, Reply};
use crate::recorder::Recorder;
use crate::webhook::{KEYS, RESOURCE, bearer, clock, naming, saying};

const KNOWN: &str = "test-key";
const MINUTE: Duration = Duration::from_secs(60);

fn verifier(transport: impl Transport) -> WebhookVerifier {
    WebhookVerifier::with_transport(RESOURCE, transport).time_source(clock())
}

async fn verify(verifier: &WebhookVerifier, key_id: &str) -> Result<(), WebhookError> {
    verifier.verify(&bearer(&naming(key_id))).await
}

async fn refused(verifier: &WebhookVerifier, key_id: &str) -> WebhookErrorKind {
    verify(verifier, key_id).await.unwrap_err().kind()
}

#[tokio::test(start_paused = true)]
async fn keys_are_fetched_when_first_needed() {
    let recorder = Recorder::answering(200, KEYS);
    let verifier = verifier(recorder.clone());
    verifier.verify(&bearer("nonsense")).await.unwrap_err();
    assert!(recorder.sent().is_empty());
    for _ in 0..3 {
        verify(&verifier.clone(), KNOWN).await.unwrap();
    }
    let [sent] = &recorder.sent()[..] else { panic!("{:?}", recorder.sent()) };
    assert_eq!((&*sent.method, &*sent.target, &*sent.body), ("GET", "/calling/keys", ""));
    assert_eq!(sent.headers.len(), 1, "{:?}", sent.headers);
}

#[tokio::test(start_paused = true)]
async fn keys_are_fetched_from_the_cloud_or_a_given_url() {
    let recorder = Recorder::answering(200, KEYS);
    let verifier = verifier(recorder.clone());
    let _ = verify(&verifier.clone().cloud(Cloud::UsGovernment), KNOWN).await;
    let at_url = verifier.signing_keys_url("http://127.0.0.1:8080/keys?a=b").unwrap();
    verify(&at_url, KNOWN).await.unwrap();
    let sent: Vec<_> = recorder.sent().into_iter().map(|sent| sent.host + &sent.target).collect();
    assert_eq!(
        sent,
        ["acscallautomation.communication.azure.us/calling/keys", "127.0.0.1:8080/keys?a=b"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_verifier_of_a_client_has_its_cloud_and_its_transport() {
    for (endpoint, host) in [
        ("https://contoso.communication.azure.com", "acscallautomation.communication.azure.com"),
        ("https://contoso.communication.azure.us", "acscallautomation.communication.azure.us"),
    ] {
        let recorder = Recorder::answering(200, KEYS);
        let builder = Client::builder(endpoint, AccessKey::new("pw==").unwrap());
        let client = builder.transport(recorder.clone()).build().unwrap();
        let verifier = WebhookVerifier::for_client(&client, RESOURCE).time_source(clock());
        let token = saying(json!({"iss": client.cloud().token_issuer()}));
        verifier.verify(&bearer(&token)).await.unwrap();
        let [sent] = &recorder.sent()[..] else { panic!("{:?}", recorder.sent()) };
        assert_eq!((&*sent.host, &*sent.target), (host, "/calling/keys"));
        assert!(!sent.headers.contains_key("authorization"), "{:?}", sent.headers);
    }
}

#[tokio::test(start_paused = true)]
async fn an_unknown_key_causes_a_fetch_every_five_minutes_at_most() {
    let memory = Memory::in_turn([Reply::Ok(KEYS)]);
    let verifier = verifier(memory.clone());
    for _ in 0..40 {
        assert_eq!(refused(&verifier, "made-up").await, WebhookErrorKind::NotAuthentic);
        verify(&verifier, KNOWN).await.unwrap();
        tokio::time::advance(MINUTE / 4).await;
    }
    assert_eq!(memory.gaps(), [5 * MINUTE]);
}

#[tokio::test(start_paused = true)]
async fn a_new_key_is_found() {
    let old = KEYS.replace(KNOWN, "old-key").leak();
    let memory = Memory::in_turn([Reply::Ok(old), Reply::Ok(KEYS)]);
    let verifier = verifier(memory.clone());
    verify(&verifier, "old-key").await.unwrap();
    tokio::time::advance(5 * MINUTE).await;
    verify(&verifier, KNOWN).await.unwrap();
    assert_eq!(memory.tries().len(), 2);
    // What the service has withdrawn is no longer good.
    assert_eq!(refused(&verifier, "old-key").await, WebhookErrorKind::NotAuthentic);
}

#[tokio::test(start_paused = true)]
async fn keys_live_a_day_and_survive_a_failed_fetch() {
    let memory = Memory::in_turn([Reply::Ok(KEYS), Reply::Broken, Reply::Hang, Reply::Ok(KEYS)]);
    let verifier = verifier(memory.clone());
    verify(&verifier, KNOWN).await.unwrap();
    tokio::time::advance(24 * 60 * MINUTE - Duration::from_secs(1)).await;
    verify(&verifier, KNOWN).await.unwrap();
    assert_eq!(memory.tries().len(), 1);
    tokio::time::advance(Duration::from_secs(1)).await;
    for _ in 0..12 {
        verify(&verifier, KNOWN).await.unwrap();
        assert_eq!(
            refused(&verifier, "new").await,
            match memory.tries().len() {
                4 => WebhookErrorKind::NotAuthentic,
                _ => WebhookErrorKind::KeysUnavailable,
            }
        );
        tokio::time::advance(Duration::from_secs(10)).await;
    }
    // The third takes ten seconds until it is given up.
    let second = Duration::from_secs(1);
    assert_eq!(memory.gaps(), [24 * 60 * MINUTE, 30 * second, 40 * second]);
}

#[tokio::test(start_paused = true)]
async fn without_keys_requests_get_503() {
    let large = format!("{}{KEYS}", " ".repeat(256 * 1024)).leak();
    for (reply, text) in [
        (Reply::Broken, "failed to fetch the Call Automation signing keys: the connection broke"),
        (Reply::Hang, "signing keys: no response within 10s"),
        (Reply::Status(500, &[]), "/calling/keys answered 500 Internal Server Error; expected 200"),
        (Reply::Status(302, &[("location", "https://evil.example")]), "answered 302 Found"),
        (Reply::Ok("<html>"), "in the response, the text is not a JSON Web Key Set"),
        (Reply::Ok(r#"{"keys":[]}"#), "no RSA key with an id"),
        (Reply::Ok(large), "larger than 256 KiB"),
    ] {
        let memory = Memory::in_turn([reply, Reply::Ok(KEYS)]);
        let verifier = verifier(memory.clone());
        let error = verify(&verifier, KNOWN).await.unwrap_err();
        assert_eq!(error.kind(), WebhookErrorKind::KeysUnavailable);
        assert!(error.to_string().contains(text), "{error}");
        tokio::time::advance(Duration::from_secs(29)).await;
        assert_eq!(refused(&verifier, KNOWN).await, WebhookErrorKind::KeysUnavailable);
        assert_eq!(memory.tries().len(), 1);
        tokio::time::advance(Duration::from_secs(1)).await;
        verify(&verifier, KNOWN).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_callers_share_one_fetch() {
    for (reply, good) in [(Reply::Ok(KEYS), true), (Reply::Hang, false)] {
        let memory = Memory::in_turn([reply]);
        let verifier = verifier(memory.clone());
        let waiting: Vec<_> = (0..20)
            .map(|_| {
                let verifier = verifier.clone();
                tokio::spawn(async move { verify(&verifier, KNOWN).await.is_ok() })
            })
            .collect();
        for waiting in waiting {
            assert_eq!(waiting.await.unwrap(), good);
        }
        assert_eq!(memory.tries().len(), 1);
    }
}

/// Senders who hang up at once neither stop the fetch nor start another.
#[tokio::test(start_paused = true)]
async fn a_fetch_outlives_its_caller() {
    let memory = Memory::in_turn([Reply::Hang, Reply::Ok(KEYS)]);
    let verifier = verifier(memory.clone());
    for _ in 0..5 {
        let second = Duration::from_secs(1);
        tokio::time::timeout(second, verify(&verifier, KNOWN)).await.unwrap_err();
        assert_eq!(memory.tries().len(), 1);
    }
    assert_eq!(refused(&verifier, KNOWN).await, WebhookErrorKind::KeysUnavailable);
    assert_eq!(memory.tries().len(), 1);
    tokio::time::advance(Duration::from_secs(30)).await;
    verify(&verifier, KNOWN).await.unwrap();
}
