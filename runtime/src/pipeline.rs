//! The only loop: what happens once a call, and once a try.

use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, response};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument;

use crate::answer::{Answer, Content, Context, content_length};
use crate::client::{Client, Shared};
use crate::clock;
use crate::deadline::{after, in_time};
use crate::endpoint::Endpoint;
use crate::error::{Error, Outcome, Result};
use crate::failed::Failed;
use crate::ledger::Ledger;
use crate::operation::Operation;
use crate::repeatability::{Repeatability, uuid_value};
use crate::request::{Call, Parts};
use crate::retry::{self, Decision, Tried};
use crate::telemetry;
use crate::transport::{Body, Request, Unread};

/// The largest success body that is held in memory.
const BODY_LIMIT: usize = 8 * 1024 * 1024;
/// How much of an error body is read.
const ERROR_BODY_LIMIT: usize = 64 * 1024;
/// How long is waited for the rest of an answer whose status has said it all.
const REST_TIMEOUT: Duration = Duration::from_secs(2);
/// A repeatable call ends before the service forgets its id (5 minutes).
const REPEATABLE_LIMIT: Duration = Duration::from_secs(240);

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");
const RETURN_CLIENT_REQUEST_ID: HeaderName =
    HeaderName::from_static("x-ms-return-client-request-id");
const TRUE: HeaderValue = HeaderValue::from_static("true");
const REQUEST_ID: HeaderName = HeaderName::from_static("repeatability-request-id");
const FIRST_SENT: HeaderName = HeaderName::from_static("repeatability-first-sent");

/// Whether the answer's body is read here, or by the caller as it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    Whole,
    Streamed,
}

/// Carries a call out: one answer, or one error, however many tries it took.
pub(crate) async fn run(call: Call, read: Read) -> Result<Answer> {
    let Call { client, operation, parts } = call;
    let exchange = Exchange::begin(&client, operation, parts, read)
        .map_err(|error| error.in_call(operation))?;
    let id = exchange.client_request_id.to_str().unwrap_or_default();
    let span = telemetry::span(operation, exchange.endpoint(), id);
    exchange.run().instrument(span).await
}

/// What stays the same at each try.
struct Exchange<'a> {
    client: &'a Shared,
    operation: &'static Operation,
    parts: Parts,
    read: Read,
    client_request_id: HeaderValue,
    repeatability: Option<[HeaderValue; 2]>,
    /// The caller gave the pair: an earlier process may have sent it.
    resumed: bool,
    deadline: Instant,
}

impl<'a> Exchange<'a> {
    /// Once a call: ids, dates and the deadline.
    fn begin(
        client: &'a Client,
        operation: &'static Operation,
        parts: Result<Parts>,
        read: Read,
    ) -> Result<Self> {
        let (shared, options) = (client.shared(), client.options());
        let given = options.repeatability.as_ref();
        if given.is_some() && !operation.is_repeatable() {
            return Err(Error::argument(
                "the operation is not declared `repeatable`, so that it cannot be called with a `Repeatability`",
            ));
        }
        let repeatability = operation.is_repeatable().then(|| match given {
            Some(pair) => pair.header_values(),
            None => Repeatability::made_by(&*shared.clock).header_values(),
        });
        let mut timeout = options.timeout.or(operation.timeout).unwrap_or(shared.timeout);
        if timeout.is_zero() {
            return Err(Error::argument("the timeout is zero; give the call some time"));
        }
        if operation.is_repeatable() {
            timeout = timeout.min(REPEATABLE_LIMIT);
        }
        Ok(Self {
            client: shared,
            operation,
            parts: parts?,
            read,
            client_request_id: uuid_value(clock::uuid(&*shared.clock)),
            repeatability,
            resumed: given.is_some(),
            deadline: after(timeout),
        })
    }

    async fn run(&self) -> Result<Answer> {
        let mut ledger = Ledger {
            attempts: 0,
            retries: self.client.budget.retries(),
            outcome: Outcome::NotExecuted,
            renewed: false,
        };
        loop {
            let failed = match self.try_once(&mut ledger).await {
                Ok(answer) => {
                    ledger.retries.succeeded();
                    telemetry::answered(answer.status().as_u16(), ledger.attempts);
                    return Ok(answer);
                }
                Err(failed) => failed,
            };
            let decision = self.decide(&failed, &mut ledger);
            ledger.note(&failed);
            let Decision::RetryAfter(wait) = decision else {
                return Err(self.give_up(failed, ledger));
            };
            telemetry::retrying(&failed.error, ledger.attempts, wait);
            sleep(wait).await;
        }
    }

    /// One try, within its own time and what is left of the call's.
    async fn try_once(&self, ledger: &mut Ledger<'_>) -> Result<Answer, Failed> {
        let until = after(self.client.try_timeout).min(self.deadline);
        let mut request = self.request();
        let authorized = self.client.credential.authorize(&mut request, &*self.client.clock);
        let generation = in_time(until, authorized).await.map_err(|_| Failed::no_token())??;
        ledger.attempts += 1;
        let answer = match timeout_at(until, self.client.transport.send(request)).await {
            Ok(answer) => answer?,
            Err(_) => return Err(Failed::no_answer()),
        };
        let (head, body) = answer.into_parts();
        self.check_echo(&head)?;
        if !head.status.is_success() {
            let body = body.excerpt(ERROR_BODY_LIMIT, after(REST_TIMEOUT).min(until)).await;
            let now = self.client.clock.now();
            let failed = Failed::refused(&head, &body, self.may_be_running(ledger), now);
            let is_unauthorized = head.status == StatusCode::UNAUTHORIZED;
            return Err(Failed { unauthorized: is_unauthorized.then_some(generation), ..failed });
        }
        let content = self.content(&head.headers, body, until).await;
        let content = content.map_err(|unread| Failed::unreadable(unread, &head))?;
        let context = Context {
            operation: self.operation,
            client_request_id: self.client_request_id.clone(),
            attempts: ledger.attempts,
        };
        Ok(Answer::new(head.status, head.headers, content, context))
    }

    /// The request, made anew for each try from what stays the same.
    fn request(&self) -> Request<'_> {
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(ACCEPT, self.accept());
        headers.insert(USER_AGENT, self.client.user_agent.clone());
        headers.insert(CLIENT_REQUEST_ID, self.client_request_id.clone());
        headers.insert(RETURN_CLIENT_REQUEST_ID, TRUE);
        if let Some([request_id, first_sent]) = &self.repeatability {
            headers.insert(REQUEST_ID, request_id.clone());
            headers.insert(FIRST_SENT, first_sent.clone());
        }
        for (name, value) in &self.parts.headers {
            headers.append(name.clone(), value.clone());
        }
        if self.parts.body.is_some() {
            headers.insert(CONTENT_TYPE, self.operation.body_type());
        }
        Request {
            method: self.operation.method.clone(),
            endpoint: self.endpoint(),
            target: &self.parts.target,
            headers,
            body: self.parts.body.clone().unwrap_or_default(),
        }
    }

    fn accept(&self) -> HeaderValue {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");
        const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");
        match self.read {
            // Of the storage hosts, Microsoft's SDKs ask for JSON too, whatever comes.
            Read::Streamed if self.parts.elsewhere.is_none() => ANYTHING,
            _ => JSON,
        }
    }

    fn endpoint(&self) -> &Endpoint {
        self.parts.elsewhere.as_ref().unwrap_or(&self.client.endpoint)
    }

    /// An answer to somebody else's request comes of a mixed-up connection.
    fn check_echo(&self, head: &response::Parts) -> Result<(), Failed> {
        let ours = self.client_request_id.as_bytes();
        match head.headers.get(&CLIENT_REQUEST_ID) {
            Some(echo) if !echo.as_bytes().eq_ignore_ascii_case(ours) => {
                Err(Failed::foreign_answer(head.status, &head.headers))
            }
            _ => Ok(()),
        }
    }

    /// What a success answer carries.
    async fn content(
        &self,
        headers: &HeaderMap,
        body: Body,
        until: Instant,
    ) -> Result<Content, Unread> {
        if self.read == Read::Streamed {
            return Ok(Content::Streamed { body, stall_timeout: self.client.stall_timeout });
        }
        if self.operation.ignores_body {
            // Read all the same, if it is small, so that the connection can be used again.
            body.excerpt(ERROR_BODY_LIMIT, after(REST_TIMEOUT).min(until)).await;
            return Ok(Content::Ignored);
        }
        if content_length(headers).is_some_and(|length| length > BODY_LIMIT as u64) {
            return Err(Unread::TooLarge { limit: BODY_LIMIT });
        }
        let body = in_time(until, body.collect(BODY_LIMIT)).await;
        body.unwrap_or(Err(Unread::TimedOut)).map(Content::Whole)
    }

    /// Whether an earlier request with the same repeatability id, of this call or of the one that
    /// it resumes, may be running still. Asked before the try at hand is noted.
    fn may_be_running(&self, ledger: &Ledger<'_>) -> bool {
        let was_sent = self.resumed || ledger.outcome != Outcome::NotExecuted;
        self.operation.is_repeatable() && was_sent
    }

    fn decide(&self, failed: &Failed, ledger: &mut Ledger<'_>) -> Decision {
        if self.renews(failed, ledger) {
            return Decision::RetryAfter(Duration::ZERO);
        }
        let tried = Tried {
            failure: failed.failure,
            repeats_safely: self.operation.repeats_safely(),
            may_be_running: self.may_be_running(ledger),
            retries: ledger.retries.count(),
            wish: failed.wish,
            left: self.deadline.saturating_duration_since(Instant::now()),
        };
        match retry::decide(tried, &self.client.policy, self.client.clock.random()) {
            Decision::RetryAfter(_) if !ledger.retries.take() => Decision::GiveUp,
            decision => decision,
        }
    }

    /// Whether a refused credential gives way to a newer one, for one more try.
    fn renews(&self, failed: &Failed, ledger: &mut Ledger<'_>) -> bool {
        let Some(generation) = failed.unauthorized else {
            return false;
        };
        let renews = self.client.credential.refused(generation) && !ledger.renewed;
        ledger.renewed = true;
        renews
    }

    fn give_up(&self, failed: Failed, ledger: Ledger<'_>) -> Error {
        ledger.retries.failed();
        let id = self.client_request_id.to_str().unwrap_or_default();
        let error = failed
            .error
            .with_outcome(ledger.outcome)
            .in_call(self.operation)
            .after(ledger.attempts, id);
        telemetry::failed(&error);
        error
    }
}
