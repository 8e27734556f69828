//! A repeatability pair is used only while the service recognises it, and what a call that resumes
//! another reports about the outcome.

use std::time::{Duration, SystemTime};

use acs_rest::call_automation::{CallConnection, MuteParticipantsRequest};
use acs_rest::{
    CallOptions, Client, ClientBuilder, CommunicationIdentifier, Error, ErrorKind, Outcome,
    Repeatability, TimeSource,
};
use acs_rest_emulator::Emulator;
use time::OffsetDateTime;
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::fault_server::{Answer, Server, Step, always};
use crate::memory_transport::{Memory, Reply};
use crate::operations::{Scripted, builder, client, millis, mute, on, request, tested};
use crate::signature::Advancing;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A pair that was first sent so long ago.
fn sent_ago(age: Duration) -> Repeatability {
    let date = httpdate::fmt_http_date(SystemTime::now() - age);
    Repeatability::from_parts("7e675e9f-0146-47a7-b3d7-5ca46b2cd09a", &date).unwrap()
}

fn resuming(client: &Client, age: Duration) -> Client {
    client.with_options(CallOptions::new().repeatability(sent_ago(age)))
}

/// A later refusal does not mean that the earlier process was not heard.
#[tokio::test]
async fn a_resumed_call_that_is_refused_may_have_been_executed() {
    for status in [400, 401, 403, 404, 409, 412, 429, 500, 501, 503] {
        let server = Server::start(always(Answer::error(status))).await;
        let error = mute(&resuming(&client(&server.endpoint()), seconds(5))).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{status}");
    }
    let recorded = Answer::error(404).header("repeatability-result", "accepted");
    let server = Server::start(always(recorded)).await;
    let error = mute(&resuming(&client(&server.endpoint()), seconds(5))).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotExecuted);

    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let unreachable = client(&format!("http://127.0.0.1:{port}"));
    let error = mute(&resuming(&unreachable, seconds(5))).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::Unknown));
    let error = resuming(&unreachable, seconds(5)).mute("..", &request()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::Unknown));
}

#[tokio::test(start_paused = true)]
async fn a_resumed_call_ends_with_the_window_of_its_pair() {
    for (age, expected) in [(0, 240), (60, 210), (200, 70), (250, 20)] {
        let memory = Memory::new(|_| Reply::Hang);
        let client = on(memory.clone()).timeout(seconds(1_000)).try_timeout(seconds(7));
        let client = client.time_source(Advancing::starting_now()).max_retries(999).build();
        let started = Instant::now();
        let error = mute(&resuming(&client.unwrap(), seconds(age))).await.unwrap_err();
        // A backoff that would pass the end of the window ends the call before it.
        let elapsed = started.elapsed();
        assert!(elapsed <= seconds(expected), "{age}: {elapsed:?}");
        assert!(elapsed + seconds(61) >= seconds(expected), "{age}: {elapsed:?}");
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert!(error.to_string().contains("repeatability"), "{error}");
    }
}

#[tokio::test]
async fn a_pair_that_the_service_forgot_is_not_sent() {
    let server = Server::start(always(Answer::muted())).await;
    let error = mute(&resuming(&client(&server.endpoint()), seconds(280))).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::Unknown));
    assert!(error.to_string().contains("280 s ago"), "{error}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_fresh_call_ends_with_the_window_too() {
    let memory = Memory::new(|_| Reply::Hang);
    let client = on(memory.clone()).timeout(seconds(1_000)).max_retries(999).build().unwrap();
    let started = Instant::now();
    let error = mute(&client).await.unwrap_err();
    let elapsed = started.elapsed();
    assert!(elapsed <= seconds(240) && elapsed >= seconds(179), "{elapsed:?}");
    assert!(error.to_string().contains("repeatability"), "{error}");
    let short = client.with_options(CallOptions::new().timeout(seconds(9)));
    let error = mute(&short).await.unwrap_err();
    assert!(!error.to_string().contains("repeatability"), "{error}");
}

/// The service calls the answer "accepted" while the operation is still running.
#[tokio::test]
async fn a_running_operation_is_not_reported_as_not_executed() {
    let running = Answer::error(409).header("repeatability-result", "accepted");
    let script = move |request: &crate::fault_server::Received| match request.nth {
        0 => vec![Step::ReadBody, Step::Execute, Step::Hang],
        _ => running.clone().into(),
    };
    let server = Server::start(script).await;
    let client = builder(&server.endpoint()).try_timeout(millis(100)).build().unwrap();
    let error = mute(&client).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 4));
    assert_eq!(server.executions().len(), 1);
}

/// The emulator holds the operation for longer than an attempt.
#[tokio::test]
async fn the_emulator_executes_once_while_the_client_retries() {
    let emulator = Emulator::start().await;
    let text = emulator.connection_string();
    let client = tested(ClientBuilder::from_connection_string(text).unwrap())
        .try_timeout(millis(300))
        .max_retries(5)
        .build()
        .unwrap();
    let (call, request) = call_with(&client).await;
    let held = emulator.pause().await;
    let error = client.mute_participants(&call, &request).await.unwrap_err();
    drop(held);
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
}

async fn call_with(client: &Client) -> (String, MuteParticipantsRequest) {
    use acs_rest::call_automation::{CallAutomation, CreateCallRequest};
    let user = CommunicationIdentifier::from_raw_id("8:acs:contoso_alice");
    let create = CreateCallRequest::new([user.clone()], "https://contoso.example/events");
    let created = client.create_call(&create).await.unwrap();
    (created.call_connection_id.unwrap(), MuteParticipantsRequest::new([user]))
}

/// A clock that is wrong by a day: the `Date` of the response counts.
#[tokio::test(start_paused = true)]
async fn a_retry_after_date_is_relative_to_the_response() {
    struct Yesterday;
    impl TimeSource for Yesterday {
        fn now(&self) -> OffsetDateTime {
            OffsetDateTime::now_utc() - time::Duration::DAY
        }
    }
    let memory = Memory::in_turn([
        Reply::Status(
            429,
            &[
                ("date", "Sat, 06 Nov 2094 08:49:37 GMT"),
                ("retry-after", "Sat, 06 Nov 2094 08:49:42 GMT"),
            ],
        ),
        Reply::Ok("{}"),
    ]);
    let client = on(memory.clone()).time_source(Yesterday).build().unwrap();
    let muted: Result<_, Error> = mute(&client).await;
    muted.unwrap();
    assert_eq!(memory.gaps(), [seconds(5)]);
}
