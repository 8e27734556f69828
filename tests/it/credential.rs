//! Tokens that expire, and refreshers that fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use acs_rest::{Client, ErrorKind, Outcome, UserToken};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::fault_server::{Answer, Received, Server, always};
use crate::memory_transport::{Memory, Reply};
use crate::operations::{Hasty, Scripted, eventually, millis, mute, tested, within};
use crate::secrets;
use crate::signature::Advancing;

/// A JWT that expires so many seconds from now, told from others by its number.
pub(crate) fn jwt(seconds: i64, number: usize) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = format!(r#"{{"exp":{},"n":{number}}}"#, now.saturating_add_signed(seconds));
    format!("e30.{}.{}", URL_SAFE_NO_PAD.encode(claims), "c2ln".repeat(9))
}

/// A refresher whose nth result `token` says, and how often it was asked.
pub(crate) fn refreshed<F>(token: F) -> (UserToken, Arc<AtomicUsize>)
where
    F: Fn(usize) -> (Duration, Result<String, String>) + Send + Sync + 'static,
{
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let refresher = UserToken::with_refresher(move || {
        let (delay, token) = token(count.fetch_add(1, Ordering::Relaxed));
        async move {
            tokio::time::sleep(delay).await;
            token
        }
    });
    (refresher, asked)
}

pub(crate) fn client(server: &Server, token: impl acs_rest::Credential) -> Client {
    secrets::capture();
    tested(Client::builder(server.endpoint(), token))
        .random_source(Hasty::default())
        .build()
        .unwrap()
}

/// Runs that many mutes at once; how many succeed.
pub(crate) async fn at_once(client: &Client, calls: usize) -> usize {
    let mute = |_| {
        let client = client.clone();
        tokio::spawn(async move { mute(&client).await.is_ok() })
    };
    let mut succeeded = 0;
    for call in (0..calls).map(mute).collect::<Vec<_>>() {
        succeeded += usize::from(call.await.unwrap());
    }
    succeeded
}

pub(crate) fn bearer(request: &Received) -> &str {
    request.header("authorization").unwrap().strip_prefix("Bearer ").unwrap()
}

#[tokio::test]
async fn one_refresh_serves_all_waiting_calls() {
    let server = Server::start(always(Answer::muted())).await;
    let (token, asked) = refreshed(|nth| (millis(50), Ok(jwt(3_600, nth))));
    let client = client(&server, token);
    assert_eq!(at_once(&client, 64).await, 64);
    assert_eq!(at_once(&client, 64).await, 64);
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_cancelled_waiter_does_not_affect_others() {
    let server = Server::start(always(Answer::muted())).await;
    let (token, asked) = refreshed(|nth| (millis(100), Ok(jwt(3_600, nth))));
    let client = client(&server, token);
    let first = tokio::spawn({
        let client = client.clone();
        async move { mute(&client).await }
    });
    eventually("the refresh has begun", || asked.load(Ordering::Relaxed) == 1).await;
    let rest = at_once(&client, 63);
    first.abort();
    assert_eq!(rest.await, 63);
    assert!(asked.load(Ordering::Relaxed) <= 2);
    assert_eq!(server.requests().len(), 63);
}

/// Calls that wait share the failure; the next call asks again.
#[tokio::test]
async fn a_failed_refresh_is_shared_and_not_remembered() {
    let server = Server::start(always(Answer::muted())).await;
    let (token, asked) = refreshed(|nth| match nth {
        0 => (millis(50), Err(format!("no {}", secrets::all().token))),
        _ => (millis(0), Ok(jwt(3_600, nth))),
    });
    let client = client(&server, token);
    assert_eq!(at_once(&client, 64).await, 0);
    assert_eq!((asked.load(Ordering::Relaxed), server.requests().len()), (1, 0));
    assert_eq!(at_once(&client, 64).await, 64);
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

/// While the token at hand is valid, a refresh that fails or never ends is nobody's trouble.
#[tokio::test(start_paused = true)]
async fn a_failing_refresher_does_not_affect_a_valid_token() {
    for trouble in [millis(0), Duration::from_secs(1_000_000)] {
        let memory = Memory::in_turn([Reply::Ok("{}")]);
        let (token, asked) = refreshed(move |nth| match nth {
            0 => (millis(0), Ok(jwt(60, nth))),
            _ => (trouble, Err("down".to_owned())),
        });
        let client = Client::builder("http://127.0.0.1:9", token).transport(memory);
        let client = client.build().unwrap();
        for _ in 0..3 {
            mute(&client).await.unwrap();
        }
        assert_eq!(at_once(&client, 64).await, 64);
        assert!(asked.load(Ordering::Relaxed) >= 2);
    }
}

/// The token may change between two attempts; the repeatability pair does not.
#[tokio::test(start_paused = true)]
async fn each_attempt_carries_the_token_of_its_time() {
    let memory = Memory::in_turn([Reply::Status(503, &[("retry-after", "30")]), Reply::Ok("{}")]);
    let (token, _) = refreshed(|nth| (millis(0), Ok(jwt(if nth == 0 { 5 } else { 3_600 }, nth))));
    let client = Client::builder("https://h", token)
        .transport(memory.clone())
        .time_source(Advancing::starting_now());
    mute(&client.build().unwrap()).await.unwrap();
    let [first, second] = &memory.tries()[..] else { panic!("not two attempts") };
    assert_ne!(first.headers["authorization"], second.headers["authorization"]);
    let id = "repeatability-request-id";
    assert_eq!(first.headers[id], second.headers[id]);
}

#[tokio::test]
async fn a_refresher_that_hangs_does_not_delay_a_call_whose_token_is_valid() {
    let server = Server::start(always(Answer::muted())).await;
    let (token, asked) = refreshed(|nth| match nth {
        0 => (millis(0), Ok(jwt(60, nth))),
        _ => (Duration::from_secs(600), Ok(jwt(3_600, nth))),
    });
    let client = client(&server, token);
    for _ in 0..20 {
        within(millis(0), async || mute(&client).await.unwrap()).await;
    }
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

/// Tokens that have expired, and a text that is not a token.
#[tokio::test]
async fn an_unusable_token_is_an_error_without_a_loop() {
    let server = Server::start(always(Answer::muted())).await;
    let (token, asked) = refreshed(|nth| (millis(0), Ok(jwt(-60, nth))));
    let (unfit, _) = refreshed(|_| (millis(0), Ok("two words".to_owned())));
    for token in [token, unfit, UserToken::new(jwt(-60, 0))] {
        let error = mute(&client(&server, token)).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credential, 0), "{error}");
        assert_eq!(error.outcome(), Outcome::NotExecuted);
    }
    assert!(asked.load(Ordering::Relaxed) <= 2);
    assert_eq!(server.requests().len(), 0);
}

/// A refresher that panics does so in the call that asked it; the next one is served.
#[tokio::test]
async fn a_refresher_that_panics_does_not_affect_later_calls() {
    let server = Server::start(always(Answer::muted())).await;
    let (token, _) = refreshed(|nth| match nth {
        0 => panic!("the user's own"),
        _ => (millis(0), Ok(jwt(3_600, nth))),
    });
    let client = client(&server, token);
    let panicking = client.clone();
    assert!(tokio::spawn(async move { mute(&panicking).await }).await.unwrap_err().is_panic());
    mute(&client).await.unwrap();
}

#[tokio::test]
async fn two_clients_of_one_endpoint_are_never_mixed() {
    let server = Server::start(always(Answer::muted())).await;
    let clients = ["one", "two"].map(|token| (token, client(&server, UserToken::new(token))));
    for _ in 0..20 {
        for (name, client) in &clients {
            client.mute(name, &crate::operations::request()).await.unwrap();
        }
    }
    assert!(server.requests().iter().all(|r| r.target.contains(&format!("/{}:", bearer(r)))));
}
