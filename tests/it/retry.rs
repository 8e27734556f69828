//! Which failures are retried, and which are not.

use std::time::Duration;

use acs_rest::{CallOptions, Client, ErrorKind, Outcome, Repeatability, Result};

use crate::fault_server::{Answer, Server, Step, always, answers, in_turn};
use crate::memory_transport::{Memory, Reply};
use crate::operations::{Scripted, builder, client, mute, on, request};

const TRANSIENT: [u16; 6] = [408, 429, 500, 502, 503, 504];
const STATUSES: [u16; 16] =
    [400, 401, 402, 403, 404, 405, 408, 409, 412, 413, 429, 500, 501, 502, 503, 505];

#[tokio::test]
async fn a_transient_status_is_retried_with_the_same_ids() {
    for status in TRANSIENT {
        let server = Server::start(answers([Answer::error(status), Answer::muted()])).await;
        assert!(mute(&client(&server.endpoint())).await.is_ok(), "{status}");
        let [first, second] = &server.requests()[..] else { panic!("{status}: not two tries") };
        assert_eq!(first.identity(), second.identity());
        assert!(first.header("repeatability-request-id").is_some());
        assert_eq!(server.executions().len(), 1);
    }
}

#[tokio::test]
async fn retries_are_as_many_as_configured() {
    for retries in [0, 1, 2, 5] {
        let server = Server::start(always(Answer::error(503))).await;
        let client = builder(&server.endpoint()).max_retries(retries).build().unwrap();
        let error = mute(&client).await.unwrap_err();
        assert_eq!(
            (error.attempts(), server.requests().len()),
            (retries + 1, retries as usize + 1)
        );
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 503));
        assert_eq!((error.code(), error.message()), (Some("Scripted"), "as told"));
        let id = server.requests()[0].header("x-ms-client-request-id").map(str::to_owned);
        assert_eq!(error.client_request_id(), id.as_deref());
    }
    let server = Server::start(answers([Answer::error(503), Answer::muted()])).await;
    let endless = builder(&server.endpoint()).max_retries(u32::MAX).build().unwrap();
    assert!(mute(&endless).await.is_ok());
}

#[tokio::test]
async fn any_other_status_ends_the_call() {
    for status in (400..=599).filter(|status| !TRANSIENT.contains(status)) {
        let server = Server::start(always(Answer::error(status))).await;
        let error = mute(&client(&server.endpoint())).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (status, 1));
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

/// 144 combinations of status, method and declaration.
#[tokio::test]
async fn the_attempts_on_the_wire_are_those_allowed() {
    for status in STATUSES {
        for (name, safe) in [
            ("mute", true),
            ("stop", true),
            ("get", true),
            ("put", true),
            ("delete", true),
            ("head", true),
            ("play", false),
            ("patch", false),
            ("hold", false),
        ] {
            let server = Server::start(always(Answer::error(status))).await;
            let client = builder(&server.endpoint()).max_retries(2).build().unwrap();
            let error = call(&client, name).await.unwrap_err();
            let again = status == 429 || safe && TRANSIENT.contains(&status);
            let expected = if again { 3 } else { 1 };
            assert_eq!(server.requests().len(), expected, "{name} {status}");
            assert_eq!(error.attempts() as usize, expected, "{name} {status}");
        }
    }
}

async fn call(client: &Client, name: &str) -> Result<()> {
    match name {
        "mute" => client.mute("a", &request()).await.map(drop),
        "stop" => client.stop("a").await,
        "get" => client.call("a").await.map(drop),
        "put" => client.put("a", &request()).await,
        "delete" => client.delete("a").await,
        "head" => client.exists("a").await,
        "play" => client.play("a", &request()).await.map(drop),
        "patch" => client.patch("a", &request()).await,
        _ => client.hold("a").await,
    }
}

#[tokio::test]
async fn a_call_survives_several_faults() {
    let executed_then_500 = vec![Step::ReadBody, Step::Execute, Step::Answer(Answer::error(500))];
    let server = Server::start(in_turn([
        Answer::error(503).into(),
        Answer::error(429).into(),
        executed_then_500,
        Answer::muted().into(),
    ]))
    .await;
    assert!(mute(&client(&server.endpoint())).await.is_ok());
    assert_eq!((server.requests().len(), server.executions().len()), (4, 1));
}

/// "Still running" is an answer only where something can be running.
#[tokio::test]
async fn a_conflict_is_retried_only_after_an_unconfirmed_attempt() {
    let lost = || vec![Step::ReadBody, Step::Execute, Step::Reset];
    let good = || Vec::from(Answer::muted());
    let conflict = || Vec::from(Answer::error(409));
    for (first, tries) in [(lost(), 3), (Answer::error(503).into(), 3), (conflict(), 1)] {
        let server = Server::start(in_turn([first, conflict(), good()])).await;
        let result = mute(&client(&server.endpoint())).await;
        assert_eq!((result.is_ok(), server.requests().len()), (tries == 3, tries));
    }
    let throttled = Server::start(in_turn([Answer::error(429).into(), conflict(), good()])).await;
    let error = mute(&client(&throttled.endpoint())).await.unwrap_err();
    assert_eq!((error.attempts(), error.outcome()), (2, Outcome::NotExecuted));
    let resumed = Server::start(in_turn([conflict(), good()])).await;
    let options = CallOptions::new().repeatability(Repeatability::new());
    assert!(mute(&client(&resumed.endpoint()).with_options(options)).await.is_ok());
    let unrepeatable =
        Server::start(in_turn([Answer::error(503).into(), conflict(), good()])).await;
    let error = client(&unrepeatable.endpoint()).put("a", &request()).await.unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (2, 409));
}

/// Exponential with full jitter.
#[tokio::test(start_paused = true)]
async fn backoff_grows() {
    let mut longest = [Duration::ZERO; 3];
    for _ in 0..200 {
        let memory = Memory::new(|_| Reply::Broken);
        mute(&on(memory.clone()).build().unwrap()).await.unwrap_err();
        for (longest, gap) in longest.iter_mut().zip(memory.gaps()) {
            *longest = gap.max(*longest);
        }
    }
    for (longest, ceiling) in longest.into_iter().zip([800, 1_600, 3_200]) {
        let ceiling = Duration::from_millis(ceiling);
        assert!(longest > ceiling * 9 / 10 && longest <= ceiling + Duration::from_millis(1));
    }
}
