//! The requests of a long-running operation, one after another, independent of its result type.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{Method, StatusCode};
use tokio::time::{Instant, Sleep, sleep};

use super::continuation::{PollerContinuation, ResultLocation};
use super::progress::{self, Progress};
use super::schedule::Schedule;
use super::{Monitor, PollerStatus};
use crate::call::{Call, PreparedCall};
use crate::client::Client;
use crate::deadline::deadline_after;
use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::operation::{Operation, PathPiece};
use crate::pipeline::{ResponseFuture, run};
use crate::request::RequestParts;
use crate::request::link::Link;
use crate::response::raw::{RawResponse, ResponseMode};
use crate::retry::retry_after;

/// How long the status may be missing after the operation was accepted.
const YOUNG: Duration = Duration::from_secs(60);
/// The default timeout of the whole operation.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// A request for the status. The declared operation may have another method and timeout.
static STATUS: Operation =
    Operation::new(Method::GET, &[PathPiece::Placeholder("operationLocation")]);
/// A request for the result.
static RESULT: Operation = Operation::new(Method::GET, &[PathPiece::Placeholder("resultLocation")]);

/// Polls a long-running operation.
pub(super) struct StatusMonitor {
    step: Step,
    /// `None` if the call could not be prepared.
    client: Option<Client>,
    /// The method of the request that started the operation.
    method: Method,
    own_target: String,
    ignores_result: bool,
    /// The location of the status, once the operation was accepted.
    place: Option<Place>,
    has_seen_status: bool,
    pub(super) schedule: Schedule,
    pub(super) timeout: Duration,
    started: Option<Instant>,
}

/// The locations of the status and the result.
struct Place {
    link: Link,
    monitor: Monitor,
    result: ResultLocation,
}

enum Step {
    Start(Call),
    Starting(ResponseFuture),
    Waiting(Pin<Box<Sleep>>),
    Poll,
    Polling(ResponseFuture),
    /// An error that is reported next.
    Refused(Error),
    Succeeded(RawResponse, ResultLocation),
    /// The operation failed or was canceled.
    Failed(Error),
    /// An error was reported.
    Broken,
}

impl StatusMonitor {
    /// Monitors the operation that `call` starts.
    pub(super) fn of_call(call: Call) -> Self {
        let prepared = call.prepared.as_ref().ok();
        Self {
            client: prepared.map(|prepared| prepared.client.clone()),
            method: call.operation.method.clone(),
            own_target: prepared.map(|one| one.request.target.clone()).unwrap_or_default(),
            ignores_result: call.operation.ignores_result,
            step: Step::Start(call),
            place: None,
            has_seen_status: false,
            schedule: Schedule::DEFAULT,
            timeout: DEFAULT_TIMEOUT,
            started: None,
        }
    }

    /// Monitors an operation that was started before.
    pub(super) fn resumed(client: &Client, continuation: &PollerContinuation) -> Self {
        let link = client.resolve_link(LOCATION, &Link::own("/"), &continuation.next_link);
        let (step, place) = match link {
            Ok(link) => {
                let (monitor, result) = (continuation.monitor, continuation.result.clone());
                (Step::Poll, Some(Place { link, monitor, result }))
            }
            Err(error) => (Step::Refused(unknown(error.in_call(&STATUS))), None),
        };
        Self {
            step,
            client: Some(client.clone()),
            method: Method::GET,
            own_target: String::new(),
            ignores_result: continuation.result == ResultLocation::Nowhere,
            place,
            has_seen_status: false,
            schedule: Schedule::DEFAULT,
            timeout: DEFAULT_TIMEOUT,
            started: None,
        }
    }

    pub(super) fn continuation(&self) -> Option<PollerContinuation> {
        self.place.as_ref().map(|place| PollerContinuation {
            next_link: place.link.to_text(),
            monitor: place.monitor,
            result: place.result.clone(),
        })
    }

    /// The next status; `None` once the operation or the poller has ended.
    pub(super) fn poll_status(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<PollerStatus>>> {
        self.started.get_or_insert_with(Instant::now);
        loop {
            let status = match &mut self.step {
                Step::Start(_) | Step::Poll => {
                    self.send();
                    continue;
                }
                Step::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(cx));
                    self.step = Step::Poll;
                    continue;
                }
                Step::Starting(response) => {
                    let response = ready!(response.as_mut().poll(cx));
                    response.and_then(|response| self.on_start(response))
                }
                Step::Polling(response) => {
                    let response = ready!(response.as_mut().poll(cx));
                    match self.on_poll(response) {
                        Some(status) => status,
                        None => continue,
                    }
                }
                Step::Refused(_) => match std::mem::replace(&mut self.step, Step::Broken) {
                    Step::Refused(error) => Err(error),
                    _ => return Poll::Ready(None),
                },
                Step::Succeeded(..) | Step::Failed(_) | Step::Broken => return Poll::Ready(None),
            };
            if status.is_err() {
                self.step = Step::Broken;
            }
            return Poll::Ready(Some(status));
        }
    }

    /// Polls until the operation has ended. Returns the response with its result, or `None` if the
    /// operation has no result.
    pub(super) async fn result(mut self) -> Result<Option<RawResponse>> {
        while let Some(status) = poll_fn(|cx| self.poll_status(cx)).await {
            status?;
        }
        match std::mem::replace(&mut self.step, Step::Broken) {
            Step::Succeeded(_, ResultLocation::Nowhere) => Ok(None),
            Step::Succeeded(response, ResultLocation::LastResponse) => Ok(Some(response)),
            Step::Succeeded(_, ResultLocation::Link(link)) => {
                let fetching = run(self.fetch(&link)?, ResponseMode::Buffered);
                fetching.await.map(Some).map_err(executed)
            }
            Step::Failed(error) => Err(error),
            _ => Err(unknown(Error::new(
                ErrorKind::Argument,
                "the poller has reported an error and has no result; `Poller::resume` goes on with its continuation",
            ))),
        }
    }

    fn send(&mut self) {
        self.step = match std::mem::replace(&mut self.step, Step::Broken) {
            Step::Start(call) => Step::Starting(run(call, ResponseMode::Buffered)),
            _ => match self.place.as_ref().map(|place| place.link.clone()) {
                Some(link) => Step::Polling(run(self.get(&STATUS, link), ResponseMode::Buffered)),
                None => Step::Broken,
            },
        };
    }

    /// A request for the operation, with the caller's headers and without the arguments of the
    /// operation.
    fn get(&self, operation: &'static Operation, link: Link) -> Call {
        let prepared = self.client().and_then(|client| {
            let client = client.for_poll(self.time_left());
            let headers = client.options().headers()?.cloned().unwrap_or_default();
            Ok(PreparedCall { client, request: RequestParts::at_link(link, headers) })
        });
        Call { operation, prepared }
    }

    fn client(&self) -> Result<&Client> {
        self.client.as_ref().ok_or_else(|| Error::argument("the operation was not started"))
    }

    fn on_start(&mut self, response: RawResponse) -> Result<PollerStatus> {
        let progress = progress::of_start(
            &self.method,
            &self.own_target,
            response.status(),
            response.headers(),
            response.json().unwrap_or_default(),
        );
        self.on_progress(progress, response)
    }

    /// Returns `None` if the status is not available yet.
    fn on_poll(&mut self, response: Result<RawResponse>) -> Option<Result<PollerStatus>> {
        let response = match response {
            Ok(response) => response,
            Err(error) if self.is_young(&error) => {
                self.wait(error.retry_after());
                return None;
            }
            Err(error) => return Some(Err(unknown(error.with_note(GOES_ON)))),
        };
        let Some(place) = &self.place else {
            return Some(Err(
                response.error(ErrorKind::Decode, "the response has no location to poll")
            ));
        };
        let progress = progress::of_poll(
            place.monitor,
            &place.result,
            response.status(),
            response.headers(),
            response.json().unwrap_or_default(),
        );
        self.has_seen_status = true;
        Some(self.on_progress(progress, response))
    }

    /// Whether the service may not yet know the accepted operation.
    fn is_young(&self, error: &Error) -> bool {
        let age = self.started.map(|started| started.elapsed()).unwrap_or_default();
        error.status() == Some(StatusCode::NOT_FOUND) && !self.has_seen_status && age < YOUNG
    }

    fn on_progress(
        &mut self,
        progress: Result<Progress, &'static str>,
        response: RawResponse,
    ) -> Result<PollerStatus> {
        let progress =
            progress.map_err(|reason| unknown(response.error(ErrorKind::Decode, reason)))?;
        let Progress { status, next_link, monitor, result } = progress;
        let outcome = if status.is_terminal() { Outcome::Executed } else { Outcome::Unknown };
        let resolve = |link: &str| {
            let refused = |error: Error| response.error(ErrorKind::Link, error.message());
            self.resolve(link).map_err(|error| refused(error).with_outcome(outcome))
        };
        let result = match result {
            _ if self.ignores_result => ResultLocation::Nowhere,
            ResultLocation::Link(link) => ResultLocation::Link(resolve(&link)?.to_text()),
            result => result,
        };
        match status {
            PollerStatus::Succeeded => self.step = Step::Succeeded(response, result),
            PollerStatus::Failed => self.step = failed(&response, "the operation failed"),
            PollerStatus::Canceled => self.step = failed(&response, "the operation was canceled"),
            _ => {
                let next = next_link.as_deref().map(resolve).transpose()?;
                let current = self.place.take().map(|place| place.link);
                let link = next.or(current).unwrap_or_else(|| Link::own(&self.own_target));
                self.place = Some(Place { link, monitor, result });
                let now = self.client()?.inner().time_source.now();
                self.wait(retry_after(response.headers(), now));
            }
        }
        Ok(status)
    }

    fn resolve(&self, link: &str) -> Result<Link> {
        let own = Link::own(&self.own_target);
        let current = self.place.as_ref().map_or(&own, |place| &place.link);
        let link = self.client()?.resolve_link(LOCATION, current, link)?;
        Ok(link.with_api_version_of(&current.target))
    }

    /// Schedules a poll after a delay, or reports that no time is left for it.
    fn wait(&mut self, retry_after: Option<Duration>) {
        let delay = self.schedule.delay(retry_after);
        self.step = match delay < self.time_left() {
            true => Step::Waiting(Box::pin(sleep(delay))),
            false => {
                let text = format!(
                    "the operation has not ended in {} s; {GOES_ON}",
                    self.timeout.as_secs_f32()
                );
                let error = Error::new(ErrorKind::Timeout, text).with_retry_after(retry_after);
                Step::Refused(error.in_call(&STATUS))
            }
        };
    }

    fn time_left(&self) -> Duration {
        let started = self.started.unwrap_or_else(Instant::now);
        deadline_after(started, self.timeout).saturating_duration_since(Instant::now())
    }

    /// A request for the result.
    fn fetch(&self, link: &str) -> Result<Call> {
        let link = self.resolve(link).map_err(|error| executed(error.in_call(&RESULT)));
        Ok(self.get(&RESULT, link?))
    }
}

/// The names of the links in errors.
const LOCATION: &str = "the location of the long-running operation";
const GOES_ON: &str = "the service accepted it, and how it ends is unknown";

fn unknown(error: Error) -> Error {
    error.with_outcome(Outcome::Unknown)
}

fn executed(error: Error) -> Error {
    error.with_outcome(Outcome::Executed)
}

fn failed(response: &RawResponse, text: &str) -> Step {
    Step::Failed(response.service_error(text))
}
