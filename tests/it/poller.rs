//! Long-running operations: how they are started, watched, resumed and reported.

use std::time::Duration;

use acs_rest::{
    CallOptions, Client, Error, ErrorKind, Outcome, Poller, PollerContinuation, PollerStatus,
    Repeatability, Result, acs_operations,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::fault_server::{Answer, Received, Server, Step, in_turn};
use crate::memory_transport::{Memory, Reply};
use crate::operations::{builder, client, on};

#[acs_operations(api_version = "2023-03-31")]
trait Jobs {
    #[acs_operation(POST, "/jobs", repeatable)]
    fn begin_job(&self) -> Poller<Done>;

    #[acs_operation(DELETE, "/jobs/<id>")]
    fn begin_delete(&self, id: &str) -> Poller<()>;

    #[acs_operation(PUT, "/jobs/<id>")]
    fn begin_put(&self, id: &str) -> Poller<Done>;
}

#[derive(Debug, PartialEq, Deserialize)]
struct Done {
    id: u32,
}

const STATUS: &str = "/jobs/7/status";

fn accepted(fields: &[(&'static str, &str)]) -> Vec<Step> {
    let answer = Answer::new(202, r#"{"id":7,"status":"NotStarted"}"#);
    let add = |answer: Answer, (name, value): &(&'static str, &str)| answer.header(name, value);
    fields.iter().fold(answer.header("Retry-After", "0"), add).into()
}

fn body(body: Value) -> Vec<Step> {
    Answer::new(200, body.to_string()).header("retry-after-ms", "1").into()
}

fn status(text: &str) -> Vec<Step> {
    body(json!({"id": 7, "status": text}))
}

fn at_status() -> Vec<Step> {
    accepted(&[("Operation-Location", STATUS)])
}

fn summary(error: &Error) -> (ErrorKind, Outcome) {
    (error.kind(), error.outcome())
}

#[tokio::test]
async fn it_is_awaited_to_its_result() {
    let answers = [at_status(), status("Running"), status("Validating"), status("succeeded")];
    let server = Server::start(in_turn(answers)).await;
    let done = client(&server.endpoint()).begin_job().await.unwrap();
    assert_eq!(done, Done { id: 7 });
    let requests = server.requests();
    let lines: Vec<_> =
        requests.iter().map(|one| format!("{} {}", one.method, one.target)).collect();
    let poll = format!("GET {STATUS}?api-version=2023-03-31");
    assert_eq!(lines, ["POST /jobs?api-version=2023-03-31", &poll, &poll, &poll]);
    assert!(requests[0].header("repeatability-request-id").is_some());
    assert!(requests[1].header("repeatability-request-id").is_none());
    assert!(requests[1].header("authorization").is_some());
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_read_and_statuses_come_one_by_one() {
    let server =
        Server::start(in_turn([at_status(), status("Running"), status("Succeeded")])).await;
    let mut poller = client(&server.endpoint()).begin_job();
    assert!(poller.continuation().is_none() && server.requests().is_empty());
    let mut statuses = Vec::new();
    while let Some(status) = poller.next().await {
        statuses.push(status.unwrap());
        assert_eq!(server.requests().len(), statuses.len());
        assert!(poller.continuation().is_some());
    }
    let expected = [PollerStatus::InProgress, PollerStatus::InProgress, PollerStatus::Succeeded];
    assert_eq!(statuses, expected);
    assert_eq!(poller.await.unwrap(), Done { id: 7 });
    assert_eq!(server.requests().len(), 3);
}

/// Dropping the poller ends the polling.
#[tokio::test]
async fn a_dropped_poller_sends_nothing_more() {
    let server = Server::start(in_turn([at_status(), status("Running")])).await;
    let mut poller = client(&server.endpoint()).begin_job();
    poller.next().await.unwrap().unwrap();
    drop(poller);
    tokio::time::sleep(Duration::from_millis(30)).await;
    assert_eq!(server.requests().len(), 1);
}

/// Where the result is: `resourceLocation`, `Location`, the URL of a PUT, or the last body.
#[tokio::test]
async fn the_result_is_where_the_service_says() {
    let done = || body(json!({"id": 9}));
    let both = || accepted(&[("Operation-Location", STATUS), ("Location", "/jobs/9")]);
    let elsewhere = body(json!({"status": "Succeeded", "resourceLocation": "/jobs/9"}));
    for answers in [
        vec![at_status(), elsewhere, done()],
        vec![both(), status("Running"), status("Succeeded"), done()],
        vec![accepted(&[("Location", "/jobs/9")]), accepted(&[]), done()],
    ] {
        let count = answers.len();
        let server = Server::start(in_turn(answers)).await;
        let result = client(&server.endpoint()).begin_job().await.unwrap();
        assert_eq!((result, server.requests().len()), (Done { id: 9 }, count));
        let last = server.requests().pop().unwrap();
        assert_eq!(last.target, "/jobs/9?api-version=2023-03-31");
    }
    let server = Server::start(in_turn([at_status(), status("Succeeded"), done()])).await;
    assert_eq!(client(&server.endpoint()).begin_put("9").await.unwrap(), Done { id: 9 });
    assert_eq!(server.requests()[2].target, "/jobs/9?api-version=2023-03-31");
    let server = Server::start(in_turn([Answer::new(200, r#"{"id":3}"#).into()])).await;
    assert_eq!(client(&server.endpoint()).begin_job().await.unwrap(), Done { id: 3 });
    let server = Server::start(in_turn([at_status(), status("Succeeded")])).await;
    client(&server.endpoint()).begin_delete("9").await.unwrap();
}

/// Every way not to get there, and what is then known.
#[tokio::test]
async fn the_outcome_of_a_failure() {
    use ErrorKind::{Decode, Link, Service, Transport};
    use Outcome::{Executed, NotExecuted, Unknown};
    let error = |status| Vec::from(Answer::error(status));
    let lost = || vec![Step::ReadBody, Step::Reset];
    let failed =
        json!({"status": "Failed", "error": {"code": "Bounced", "message": "no such box"}});
    for (answers, expected, count) in [
        (vec![error(400)], (Service, NotExecuted), 1),
        (vec![Answer::new(202, "").into()], (Decode, Unknown), 1),
        (vec![at_status(), body(failed.clone())], (Service, Executed), 2),
        (vec![at_status(), status("Canceled")], (Service, Executed), 2),
        (vec![at_status(), error(403)], (Service, Unknown), 2),
        (vec![at_status(), status("Running"), error(404)], (Service, Unknown), 3),
        (vec![at_status(), body(json!({}))], (Decode, Unknown), 2),
        (vec![at_status(), lost()], (Transport, Unknown), 5),
        (vec![at_status(), body(json!({"status": "Succeeded"}))], (Decode, Executed), 2),
        (vec![accepted(&[("Operation-Location", "https://evil.example/")])], (Link, Unknown), 1),
        (vec![accepted(&[("Location", "//evil.example/a")])], (Link, Unknown), 1),
        (
            vec![at_status(), body(json!({"status": "Succeeded", "resourceLocation": "//evil/"}))],
            (Link, Executed),
            2,
        ),
        (
            vec![
                at_status(),
                body(json!({"status": "Succeeded", "resourceLocation": "/x"})),
                error(403),
            ],
            (Service, Executed),
            3,
        ),
    ] {
        let server = Server::start(in_turn(answers.clone())).await;
        let error = client(&server.endpoint()).begin_job().await.unwrap_err();
        assert_eq!(
            (summary(&error), server.requests().len()),
            (expected, count),
            "{answers:?}\n{error}"
        );
    }
    let server = Server::start(in_turn([at_status(), body(failed)])).await;
    let error = client(&server.endpoint()).begin_job().await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("Bounced"), "no such box"));
}

/// A service may not know at once what it has just accepted.
#[tokio::test]
async fn a_young_operation_that_is_not_found_is_polled_again() {
    let young = || Answer::error(404).header("retry-after-ms", "1").into();
    let answers = [at_status(), young(), young(), status("Running"), status("Succeeded")];
    let server = Server::start(in_turn(answers)).await;
    assert_eq!(client(&server.endpoint()).begin_job().await.unwrap(), Done { id: 7 });
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_is_never_found_is_given_up() {
    let memory = Memory::new(|nth| match nth {
        0 => Reply::Status(202, &[("operation-location", STATUS)]),
        _ => Reply::Status(404, &[]),
    });
    let error = on(memory.clone()).build().unwrap().begin_job().await.unwrap_err();
    assert_eq!(summary(&error), (ErrorKind::Service, Outcome::Unknown));
    let waited: Duration = memory.gaps().iter().sum();
    assert!(waited >= Duration::from_secs(60) && waited <= Duration::from_secs(120), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn delays_are_those_that_the_service_asks_for() {
    const AT: (&str, &str) = ("operation-location", STATUS);
    let date = [
        AT,
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"),
    ];
    let memory = Memory::in_turn([
        Reply::Status(202, Box::leak(Box::new([AT, ("retry-after", "7")]))),
        Reply::Status(202, Box::leak(Box::new(date))),
        Reply::Status(202, &[("x-ms-retry-after-ms", "20"), ("retry-after", "9")]),
        Reply::Status(202, &[("retry-after", "soon")]),
        Reply::Status(202, &[]),
        Reply::Ok(r#"{"status":"Succeeded","id":1}"#),
    ]);
    on(memory.clone()).build().unwrap().begin_job().await.unwrap();
    let millis: Vec<_> = memory.gaps().iter().map(Duration::as_millis).collect();
    assert_eq!(millis, [7_000, 10_000, 20, 1_000, 2_000]);
}

#[tokio::test(start_paused = true)]
async fn the_time_for_the_operation_is_a_limit() {
    let memory = Memory::new(|nth| match nth {
        0 => Reply::Status(202, &[("operation-location", STATUS)]),
        _ => Reply::Status(202, &[("retry-after", "50")]),
    });
    let client: Client = on(memory.clone()).build().unwrap();
    let mut poller = client.begin_job().timeout(Duration::from_secs(120));
    let mut last = None;
    while let Some(status) = poller.next().await {
        last = Some(status);
    }
    let error = last.unwrap().unwrap_err();
    assert_eq!(summary(&error), (ErrorKind::Timeout, Outcome::Unknown));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(50)));
    assert!(poller.continuation().is_some());
    let waited: Duration = memory.gaps().iter().sum();
    assert_eq!(waited, Duration::from_secs(101));
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_polls() {
    let memory = Memory::new(|nth| match nth {
        0 => Reply::Status(202, &[("operation-location", STATUS)]),
        10_000 => Reply::Ok(r#"{"status":"Succeeded","id":1}"#),
        _ => Reply::Status(202, &[("retry-after", "0")]),
    });
    let done = on(memory.clone()).build().unwrap().begin_job().await.unwrap();
    assert_eq!((done, memory.tries().len()), (Done { id: 1 }, 10_001));
}

/// The operation is not started a second time.
#[tokio::test]
async fn a_stored_continuation_is_resumed() {
    let both = accepted(&[("Operation-Location", STATUS), ("Location", "/jobs/9")]);
    let rest = [both, status("Running"), status("Succeeded"), body(json!({"id": 9}))];
    let server = Server::start(in_turn(rest)).await;
    let mut poller = client(&server.endpoint()).begin_job();
    poller.next().await.unwrap().unwrap();
    let stored = serde_json::to_string(&poller.continuation().unwrap()).unwrap();
    drop(poller);
    let continuation: PollerContinuation = serde_json::from_str(&stored).unwrap();
    // A client with a pair of its own does not send it with the polls.
    let options = CallOptions::new().repeatability(Repeatability::new());
    let restarted = client(&server.endpoint()).with_options(options);
    let resumed: Poller<Done> = Poller::resume(&restarted, &continuation);
    assert_eq!(resumed.await.unwrap(), Done { id: 9 });
    let posts = server.requests().iter().filter(|request| request.method == "POST").count();
    assert_eq!((posts, server.requests().len()), (1, 4));
}

#[tokio::test]
async fn a_resumed_operation_without_a_result_needs_none() {
    let server = Server::start(in_turn([at_status(), status("Succeeded")])).await;
    let mut poller = client(&server.endpoint()).begin_delete("7");
    poller.next().await.unwrap().unwrap();
    let continuation = poller.continuation().unwrap();
    Poller::<()>::resume(&client(&server.endpoint()), &continuation).await.unwrap();
}

#[tokio::test]
async fn a_forged_continuation_sends_nothing() {
    let server = Server::start(in_turn([status("Succeeded")])).await;
    let forged = r#"{"nextLink":"https://evil.example/","monitor":"body","result":"lastResponse"}"#;
    let continuation: PollerContinuation = serde_json::from_str(forged).unwrap();
    let resumed: Result<Done> = Poller::resume(&client(&server.endpoint()), &continuation).await;
    assert_eq!(summary(&resumed.unwrap_err()), (ErrorKind::Link, Outcome::Unknown));
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_trusted_host_is_polled() {
    let regional = Server::start(in_turn([status("Running"), status("Succeeded")])).await;
    let location = format!("http://{}/status?a", regional.address());
    let script = move |_: &Received| accepted(&[("Operation-Location", &location)]);
    let own = Server::start(script).await;
    let trusting = builder(&own.endpoint()).trusted_host(regional.address().to_string());
    assert_eq!(trusting.build().unwrap().begin_job().await.unwrap(), Done { id: 7 });
    assert_eq!((own.requests().len(), regional.requests().len()), (1, 2));
}
