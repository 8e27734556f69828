//! Reads the response of an attempt: a success, or the reason of its failure.

use std::time::Duration;

use http::header::{IF_RANGE, RANGE};
use http::{StatusCode, response};
use tokio::time::Instant;

use super::Attempt;
use super::error::AttemptError;
use crate::credential::CredentialVersion;
use crate::deadline::{Elapsed, deadline_after, timeout_at};
use crate::headers::CLIENT_REQUEST_ID;
use crate::response::content_range::{self, content_length};
use crate::response::raw::{CallSummary, RawResponse, ResponseBody, ResponseMode};
use crate::transport::{Body, ReadBodyError};

/// The largest success body that is held in memory, in bytes.
const BODY_LIMIT: usize = 8 * 1024 * 1024;
/// The maximum length of an error body that is read, in bytes.
const ERROR_BODY_LIMIT: usize = 64 * 1024;
/// How long an attempt waits for a body that does not change its result.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

impl Attempt<'_> {
    #[expect(clippy::manual_async_fn, reason = "an `async fn` would store each argument twice")]
    pub(super) fn read(
        &self,
        head: response::Parts,
        mut body: Body,
        version: CredentialVersion,
    ) -> impl Future<Output = Result<RawResponse, AttemptError>> {
        async move {
            self.check_echo(&head)?;
            self.call.record_support(head.status, &head.headers);
            let is_success = head.status.is_success();
            if !is_success && !self.is_declared(head.status) {
                let mut prefix = Vec::new();
                // What arrived in time is kept.
                let _ = self.drain(&mut body, &mut prefix).await;
                return Err(self.rejected(&head, &prefix, version));
            }
            let length = self.check_success(&head, &body)?;
            let body = match self.call.mode {
                ResponseMode::Streaming if is_success => {
                    let stall_timeout = self.call.client.inner().stall_timeout;
                    ResponseBody::Streaming { body, length, stall_timeout }
                }
                _ if self.call.operation.ignores_body => {
                    // A small body is still read, which frees the connection for the next request.
                    let _ = self.drain(&mut body, &mut Vec::new()).await;
                    ResponseBody::Ignored
                }
                _ => {
                    let collected = match length {
                        Some(length) if length > BODY_LIMIT as u64 => {
                            Err(ReadBodyError::TooLarge { limit: BODY_LIMIT })
                        }
                        _ => timeout_at(self.deadline, body.collect(BODY_LIMIT))
                            .await
                            .unwrap_or(Err(ReadBodyError::TimedOut)),
                    };
                    let body =
                        collected.map_err(|reason| AttemptError::unread_body(reason, &head))?;
                    match is_success {
                        true => ResponseBody::Buffered(body),
                        false => ResponseBody::OfOtherStatus(body),
                    }
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
            attempts: self.number,
            authorization: None,
        }
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

    fn rejected(
        &self,
        head: &response::Parts,
        body: &[u8],
        version: CredentialVersion,
    ) -> AttemptError {
        let client = self.call.client.inner();
        let mut error = AttemptError::rejected(head, body, client.time_source.now());
        error.has_new_credential =
            head.status == StatusCode::UNAUTHORIZED && client.credential.invalidate(version);
        error
    }

    /// Reads a body that does not change the result of the attempt.
    fn drain(
        &self,
        body: &mut Body,
        prefix: &mut Vec<u8>,
    ) -> impl Future<Output = Result<(), Elapsed>> {
        let deadline = deadline_after(Instant::now(), DRAIN_TIMEOUT).min(self.deadline);
        timeout_at(deadline, body.read_prefix(prefix, ERROR_BODY_LIMIT))
    }
}
