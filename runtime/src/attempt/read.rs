//! Reads the response of an attempt: a success, or the reason of its failure.

use std::pin::pin;
use std::time::Duration;

use http::header::{IF_RANGE, RANGE};
use http::{StatusCode, response};
use tokio::time::Instant;

use super::context::CallContext;
use super::error::AttemptError;
use crate::credential::CredentialVersion;
use crate::deadline::{deadline_after, timeout_at};
use crate::headers::CLIENT_REQUEST_ID;
use crate::response::content_range::{self, content_length};
use crate::response::raw::{CallSummary, RawResponse, ResponseBody, ResponseMode};
use crate::transport::{Body, ReadBodyError};

/// The largest success body that is held in memory, in bytes.
const BODY_LIMIT: usize = 8 * 1024 * 1024;
/// How much of an error body is read, in bytes.
const ERROR_BODY_LIMIT: usize = 64 * 1024;
/// How long an attempt waits for a body that does not change its result.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// Reads the response of one attempt.
pub(super) struct ResponseReader<'a> {
    pub(super) call: &'a CallContext<'a>,
    /// The number of the attempt, counted from 1.
    pub(super) attempt: u32,
    pub(super) deadline: Instant,
}

impl ResponseReader<'_> {
    #[expect(clippy::manual_async_fn, reason = "an `async fn` would store each argument twice")]
    pub(super) fn read(
        self,
        head: response::Parts,
        mut body: Body,
        version: CredentialVersion,
    ) -> impl Future<Output = Result<RawResponse, AttemptError>> {
        async move {
            self.check_echo(&head)?;
            self.call.record_support(head.status, &head.headers);
            if !head.status.is_success() {
                return match self.is_declared(head.status) {
                    true => self.other_answer(head, body).await,
                    false => Err(self.rejected(&head, &mut body, version).await),
                };
            }
            let length = self.check_success(&head, &body)?;
            let body = match self.call.mode {
                ResponseMode::Streaming => {
                    let stall_timeout = self.call.client.inner().stall_timeout;
                    ResponseBody::Streaming { body, length, stall_timeout }
                }
                ResponseMode::Buffered => {
                    let buffered = self.buffered(length, &mut body).await;
                    buffered.map_err(|reason| AttemptError::unread_body(reason, &head))?
                }
            };
            Ok(RawResponse::new(head.status, head.headers, body, self.summary()))
        }
    }

    fn summary(&self) -> CallSummary {
        CallSummary {
            client: self.call.client.clone(),
            operation: self.call.operation,
            client_request_id: self.call.client_request_id,
            attempts: self.attempt,
            authorization: None,
        }
    }

    /// A response that is not a success but declared, such as a 304 or a 404.
    async fn other_answer(
        &self,
        head: response::Parts,
        mut body: Body,
    ) -> Result<RawResponse, AttemptError> {
        let length = self.check_success(&head, &body)?;
        let buffered = self.buffered(length, &mut body).await;
        let body = match buffered.map_err(|reason| AttemptError::unread_body(reason, &head))? {
            ResponseBody::Buffered(body) => ResponseBody::OfOtherStatus(body),
            body => body,
        };
        Ok(RawResponse::new(head.status, head.headers, body, self.summary()))
    }

    fn check_echo(&self, head: &response::Parts) -> Result<(), AttemptError> {
        match head.headers.get(&CLIENT_REQUEST_ID) {
            Some(echo) if !self.call.client_request_id.matches(echo) => {
                Err(AttemptError::foreign_response(head))
            }
            _ => Ok(()),
        }
    }

    /// Returns the length of the body, if it or the response states it.
    fn check_success(
        &self,
        head: &response::Parts,
        body: &Body,
    ) -> Result<Option<u64>, AttemptError> {
        let length = body.length().or_else(|| content_length(&head.headers));
        let requested = &self.call.request.headers;
        let range = requested.get(RANGE).filter(|_| !requested.contains_key(IF_RANGE));
        let checked = match (head.status.as_u16(), self.call.mode) {
            (200 | 206, _) => content_range::check(range, head.status, &head.headers, length),
            (203, _) | (201..=205 | 207, ResponseMode::Buffered) => Ok(length),
            _ if self.is_declared(head.status) => Ok(length),
            _ => Err("it does not declare a response with this status"),
        };
        let checked = match checked {
            Ok(Some(0)) if self.call.operation.requires_content => Err("its content is empty"),
            checked => checked,
        };
        checked.map_err(|reason| AttemptError::unusable(reason, head))
    }

    /// Whether the operation declares the status.
    fn is_declared(&self, status: StatusCode) -> bool {
        self.call.operation.success_codes.contains(&status.as_u16())
    }

    async fn buffered(
        &self,
        length: Option<u64>,
        body: &mut Body,
    ) -> Result<ResponseBody, ReadBodyError> {
        if self.call.operation.ignores_body {
            // A small body is still read, which frees the connection for the next request.
            body.read_prefix(ERROR_BODY_LIMIT, self.drain_deadline()).await;
            return Ok(ResponseBody::Ignored);
        }
        if length.is_some_and(|length| length > BODY_LIMIT as u64) {
            return Err(ReadBodyError::TooLarge { limit: BODY_LIMIT });
        }
        let collected = timeout_at(self.deadline, pin!(body.collect(BODY_LIMIT))).await;
        collected.unwrap_or(Err(ReadBodyError::TimedOut)).map(ResponseBody::Buffered)
    }

    async fn rejected(
        &self,
        head: &response::Parts,
        body: &mut Body,
        version: CredentialVersion,
    ) -> AttemptError {
        let client = self.call.client.inner();
        let body = body.read_prefix(ERROR_BODY_LIMIT, self.drain_deadline()).await;
        let mut error = AttemptError::rejected(head, &body, client.time_source.now());
        error.has_new_credential =
            head.status == StatusCode::UNAUTHORIZED && client.credential.invalidate(version);
        error
    }

    fn drain_deadline(&self) -> Instant {
        deadline_after(Instant::now(), DRAIN_TIMEOUT).min(self.deadline)
    }
}
