//! The only loop: the tries of a call, and what comes of them.

use std::future::ready;
use std::pin::{Pin, pin};
use std::time::Duration;

use http::{HeaderMap, StatusCode, response};
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::answer::{Answer, Content, Context, content_length};
use crate::client_request_id::CLIENT_REQUEST_ID;
use crate::deadline::{in_time, later};
use crate::error::{Error, Outcome, Result};
use crate::exchange::{Exchange, Read};
use crate::failed::Failed;
use crate::ledger::Ledger;
use crate::request::Call;
use crate::retry::{self, Decision, Tried};
use crate::telemetry;
use crate::transport::{Body, Unread};

/// The largest success body that is held in memory.
const BODY_LIMIT: usize = 8 * 1024 * 1024;
/// How much of an error body is read.
const ERROR_BODY_LIMIT: usize = 64 * 1024;
/// How long is waited for the rest of an answer whose status has said it all.
const REST_TIMEOUT: Duration = Duration::from_secs(2);

/// The future of one call, whatever its answer is decoded to: the same for every operation.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Result<Answer>> + Send>>;

/// Carries a call out: one answer, or one error, however many tries it took.
pub(crate) fn run(call: Call, read: Read) -> Answering {
    let Call { client, operation, parts } = call;
    match parts {
        Err(error) => Box::pin(ready(Err(error.in_call(operation)))),
        Ok(parts) => Box::pin(async move {
            let exchange = Exchange::begin(&client, operation, &parts, read)
                .map_err(|error| error.in_call(operation))?;
            let span = telemetry::span(operation, exchange.endpoint(), exchange.client_request_id);
            let mut running = pin!(exchange.run().instrument(span));
            let outcome = running.as_mut().await;
            telemetry::ended(running.span(), &outcome);
            outcome
        }),
    }
}

impl Exchange<'_> {
    async fn run(&self) -> Result<Answer> {
        let mut begun = self.begun;
        let mut ledger = Ledger {
            attempts: 0,
            retries: self.client.budget.retries(),
            outcome: Outcome::NotExecuted,
            renewed: false,
        };
        loop {
            let failed = match self.try_once(begun, &mut ledger).await {
                Ok(answer) => {
                    ledger.retries.succeeded();
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
            begun = Instant::now();
        }
    }

    /// One try, within its own time and what is left of the call's.
    async fn try_once(&self, begun: Instant, ledger: &mut Ledger<'_>) -> Result<Answer, Failed> {
        let until = later(begun, self.client.try_timeout).min(self.deadline);
        let signer = self.client.credential.signer(&*self.client.clock);
        let signer = in_time(until, pin!(signer)).await.map_err(|_| Failed::no_token())??;
        let (request, generation) = self.signed(signer);
        ledger.attempts += 1;
        let answer = in_time(until, pin!(self.client.transport.send(request))).await;
        let (head, mut body) = answer.map_err(|_| Failed::no_answer())??.into_parts();
        self.check_echo(&head)?;
        if !head.status.is_success() {
            let body = body.excerpt(ERROR_BODY_LIMIT, soon(until)).await;
            let now = self.client.clock.now();
            let failed = Failed::refused(&head, &body, self.may_be_running(ledger), now);
            let is_unauthorized = head.status == StatusCode::UNAUTHORIZED;
            return Err(Failed { unauthorized: is_unauthorized.then_some(generation), ..failed });
        }
        let content = match self.read {
            Read::Streamed => Content::Streamed { body, stall_timeout: self.client.stall_timeout },
            Read::Whole => {
                let content = self.content(&head.headers, &mut body, until).await;
                content.map_err(|unread| Failed::unreadable(unread, &head))?
            }
        };
        let context = Context {
            operation: self.operation,
            client_request_id: self.client_request_id,
            attempts: ledger.attempts,
        };
        Ok(Answer::new(head.status, head.headers, content, context))
    }

    /// An answer to somebody else's request comes of a mixed-up connection.
    fn check_echo(&self, head: &response::Parts) -> Result<(), Failed> {
        match head.headers.get(&CLIENT_REQUEST_ID) {
            Some(echo) if !self.client_request_id.is(echo) => {
                Err(Failed::foreign_answer(head.status, &head.headers))
            }
            _ => Ok(()),
        }
    }

    /// What a success answer carries.
    async fn content(
        &self,
        headers: &HeaderMap,
        body: &mut Body,
        until: Instant,
    ) -> Result<Content, Unread> {
        if self.operation.ignores_body {
            // Read all the same, if it is small, so that the connection can be used again.
            body.excerpt(ERROR_BODY_LIMIT, soon(until)).await;
            return Ok(Content::Ignored);
        }
        let length = body.length().or_else(|| content_length(headers));
        if length.is_some_and(|length| length > BODY_LIMIT as u64) {
            return Err(Unread::TooLarge { limit: BODY_LIMIT });
        }
        let body = in_time(until, pin!(body.collect(BODY_LIMIT))).await;
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
        failed
            .error
            .with_outcome(ledger.outcome)
            .in_call(self.operation)
            .after(ledger.attempts, self.client_request_id)
    }
}

/// When the rest of an answer is given up.
fn soon(until: Instant) -> Instant {
    later(Instant::now(), REST_TIMEOUT).min(until)
}
