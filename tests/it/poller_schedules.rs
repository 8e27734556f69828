//! Long-running operations on thousands of random schedules, on a paused clock, and the memory of many
//! polls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use acs_rest::transport::{Body, Request, Response, SendFuture, Transport, TransportError};
use acs_rest::{Client, ErrorKind, Outcome, Poller, UserToken, acs_operations};
use proptest::prelude::*;
use serde::Deserialize;

use crate::memory_usage::peak;
use crate::operations::on;
use crate::subprocess::in_subprocess;

#[acs_operations(api_version = "2023-03-31")]
trait Jobs {
    #[acs_operation(POST, "/jobs", repeatable)]
    fn begin_job(&self) -> Poller<Done>;
}

#[derive(Debug, Deserialize)]
struct Done {
    id: u32,
}

/// What the service answers to one request for the status.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Answer {
    Running,
    /// The connection is dropped, which the client repeats.
    Dropped,
    Unavailable,
    NotFound,
    Succeeded,
    Failed,
}

/// Answers in turn; after the last one, an operation still runs.
#[derive(Clone, Debug)]
struct Service {
    location: &'static str,
    answers: Arc<[Answer]>,
    requests: Arc<AtomicUsize>,
    started: Arc<AtomicUsize>,
}

impl Service {
    fn new(location: &'static str, answers: impl Into<Arc<[Answer]>>) -> Self {
        let (requests, started) = (Arc::default(), Arc::default());
        Self { location, answers: answers.into(), requests, started }
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    fn answer(&self, request: &Request<'_>) -> Result<Response, TransportError> {
        if request.method() == http::Method::POST {
            self.started.fetch_add(1, Ordering::Relaxed);
            return Ok(response(202, "{}", Some(self.location)));
        }
        let at = self.requests.fetch_add(1, Ordering::Relaxed);
        Ok(match self.answers.get(at).copied().unwrap_or(Answer::Running) {
            Answer::Running => response(200, r#"{"status":"Running"}"#, None),
            Answer::Dropped => return Err(TransportError::interrupted("dropped")),
            Answer::Unavailable => response(503, "{}", None),
            Answer::NotFound => response(404, r#"{"error":{"code":"NotFound"}}"#, None),
            Answer::Succeeded => response(200, r#"{"status":"Succeeded","id":7}"#, None),
            Answer::Failed => response(200, r#"{"status":"Failed","error":{"code":"Full"}}"#, None),
        })
    }
}

impl Transport for Service {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let answer = self.answer(&request);
        Box::pin(async move { answer })
    }
}

fn response(status: u16, body: &'static str, location: Option<&'static str>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status.try_into().unwrap();
    if let Some(location) = location {
        let location = http::HeaderValue::from_static(location);
        response.headers_mut().insert("operation-location", location);
    }
    response
}

/// The result of the operation, and how many answers of the schedule it takes.
#[derive(Debug, PartialEq)]
enum Expected {
    Done,
    Failed,
    /// The operation is not found although it was: nothing is known of it.
    Lost,
}

/// What a reader of the documentation expects. At most two attempts of a request fail in a row here,
/// which the client repeats.
fn expected(answers: &[Answer]) -> (Expected, usize) {
    let mut is_known = false;
    for (at, answer) in answers.iter().enumerate() {
        let end = match answer {
            Answer::Running => None,
            Answer::Succeeded => Some(Expected::Done),
            Answer::Failed => Some(Expected::Failed),
            Answer::NotFound if is_known => Some(Expected::Lost),
            Answer::Dropped | Answer::Unavailable | Answer::NotFound => continue,
        };
        is_known = true;
        if let Some(end) = end {
            return (end, at + 1);
        }
    }
    unreachable!("a schedule ends")
}

fn schedules() -> impl Strategy<Value = Vec<Answer>> {
    let kinds =
        [Answer::Running, Answer::Running, Answer::Dropped, Answer::Unavailable, Answer::NotFound];
    let ends = prop::sample::select(vec![Answer::Succeeded, Answer::Failed]);
    (prop::collection::vec(prop::sample::select(kinds.to_vec()), 0..12), ends).prop_map(
        |(mut answers, end)| {
            let is_failed =
                |answer: &Answer| [Answer::Dropped, Answer::Unavailable].contains(answer);
            let mut failed = 0;
            answers.retain(|answer| {
                failed = if is_failed(answer) { failed + 1 } else { 0 };
                failed <= 2
            });
            answers.push(end);
            answers
        },
    )
}

/// Runs the operation on a paused clock, and compares its result with the schedule.
fn check(answers: &[Answer]) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let service = Service::new("/jobs/7/status", answers);
        let client = on(service.clone()).build().unwrap();
        let result = client.begin_job().await;
        let (expected, requests) = expected(answers);
        match (expected, result) {
            (Expected::Done, result) => assert_eq!(result.unwrap().id, 7),
            (Expected::Failed, result) => {
                let error = result.unwrap_err();
                assert_eq!((error.kind(), error.code()), (ErrorKind::Service, Some("Full")));
            }
            (Expected::Lost, result) => {
                let error = result.unwrap_err();
                assert_eq!((error.kind(), error.outcome()), (ErrorKind::Service, Outcome::Unknown));
            }
        }
        assert_eq!((service.requests(), service.started.load(Ordering::Relaxed)), (requests, 1));
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_result_is_that_of_the_service(answers in schedules()) {
        check(&answers);
    }
}

#[tokio::test(start_paused = true)]
async fn a_location_elsewhere_is_never_polled() {
    for location in [
        "https://evil.example/status",
        "http://contoso.communication.azure.com.evil.example/",
        "//evil.example/status",
        "https://user@evil.example/",
        "ftp://contoso.communication.azure.com/",
    ] {
        let service = Service::new(location, [Answer::Succeeded]);
        let error = on(service.clone()).build().unwrap().begin_job().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Link, Outcome::Unknown),
            "{location}"
        );
        assert_eq!(service.requests(), 0, "{location}");
    }
}

#[test]
fn ten_thousand_polls_take_no_more_memory_than_a_thousand() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let test = "poller_schedules::ten_thousand_polls_take_no_more_memory_than_a_thousand";
    in_subprocess(test, &[], async {
        poll(1_000).await;
        let before = peak();
        poll(10_000).await;
        let growth = peak() - before;
        // The kernel counts to about a MiB; what each poll kept would be more.
        assert!(growth < 2 << 20, "{} KiB", growth / 1024);
    });
}

async fn poll(times: usize) {
    tokio::time::pause();
    let service = Service::new("/jobs/7/status", []);
    let timeout = std::time::Duration::from_secs(1_000_000);
    // Without the subscriber of the other tests, which keeps what is logged.
    let client = Client::builder("http://127.0.0.1:9", UserToken::new("token"));
    let client = client.transport(service.clone()).build().unwrap();
    let mut poller = client.begin_job().timeout(timeout);
    while service.requests() < times {
        poller.next().await.unwrap().unwrap();
    }
    assert_eq!(service.requests(), times);
    tokio::time::resume();
}
