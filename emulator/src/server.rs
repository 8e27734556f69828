//! The resource on a socket: bytes in, answer out.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::answer::Answer;
use crate::clock::Clock;
use crate::error::ServiceError;
use crate::execution_gate::ExecutionGate;
use crate::recorded::RecordedRequest;
use crate::request::Request;
use crate::resource::Resource;
use crate::route::Route;

const BODY_LIMIT: usize = 1024 * 1024;

/// How many requests are kept for a test to look at: the last ones.
const RECORDED: usize = 10_000;

#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) resource: Resource,
    pub(crate) clock: Clock,
    pub(crate) gate: ExecutionGate,
    requests: Mutex<VecDeque<RecordedRequest>>,
}

impl Server {
    pub(crate) fn new(resource: Resource, clock: Clock) -> Self {
        Self { resource, clock, gate: ExecutionGate::open(), requests: Mutex::default() }
    }

    /// Answers until `stop` is sent or dropped; requests that have come by then are still answered.
    pub(crate) async fn run(self: Arc<Self>, listener: TcpListener, stop: oneshot::Receiver<()>) {
        let router = Router::new()
            .fallback(handle)
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .with_state(self);
        // Small answers go out at once.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let stopped = async { drop(stop.await) };
        let served = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
        served.expect("axum retries what fails at accepting");
    }

    pub(crate) fn requests(&self) -> MutexGuard<'_, VecDeque<RecordedRequest>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(self: Arc<Self>, request: Arc<Request>) -> Answer {
        let answer = match self.resource.receive(&request, self.clock.now()) {
            Ok(execution) => {
                let _passed = self.gate.pass().await;
                self.resource.carry_out(execution)
            }
            Err(answer) => answer,
        };
        self.complete(request, answer)
    }

    /// Adds the headers of every answer, and keeps the request.
    fn complete(&self, request: Arc<Request>, mut answer: Answer) -> Answer {
        answer.add_header("x-ms-request-id", &Uuid::new_v4().to_string());
        if let Ok(route) = Route::find(&request.method, request.path()) {
            answer.add_header("api-supported-versions", &route.service.api_version);
        }
        let wanted = request.header("x-ms-return-client-request-id");
        if wanted.is_some_and(|wanted| wanted.eq_ignore_ascii_case("true")) {
            let id = request.header("x-ms-client-request-id");
            id.into_iter().for_each(|id| answer.add_header("x-ms-client-request-id", id));
        }
        let mut requests = self.requests();
        if requests.len() == RECORDED {
            requests.pop_front();
        }
        requests.push_back(RecordedRequest::new(request, answer.status().as_u16()));
        answer
    }
}

async fn handle(
    State(server): State<Arc<Server>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    let target = uri.path_and_query().map_or("", |target| target.as_str()).to_owned();
    let (body, rejection) = match body {
        Ok(body) => (body, None),
        Err(rejection) => (Bytes::new(), Some(rejection)),
    };
    let request = Arc::new(Request { method, target, headers, body });
    if let Some(rejection) = rejection {
        return server.complete(request, unreadable(&rejection).into()).into();
    }
    // A task of its own, so that an execution goes on when the client hangs up.
    let answer = tokio::spawn(server.clone().answer(request)).await;
    answer.unwrap_or_else(|_| broken().into()).into()
}

fn unreadable(rejection: &BytesRejection) -> ServiceError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let message = format!("the body is longer than {BODY_LIMIT} bytes");
        return ServiceError::new(rejection.status(), "RequestBodyTooLarge", message);
    }
    ServiceError::bad_request("body", "the body broke off, or its framing is wrong")
}

fn broken() -> ServiceError {
    let message = "the emulator failed at this request, which is a bug in it";
    ServiceError::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", message)
}
