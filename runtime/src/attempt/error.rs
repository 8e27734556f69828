//! The error of one attempt, and the data on which the retry decision depends.

use std::time::Duration;

use http::header::LOCATION;
use http::{HeaderValue, StatusCode, response};
use time::OffsetDateTime;
use tokio::time::Instant;

use super::context::CallContext;
use crate::error::{Error, ErrorKind};
use crate::repeatability::is_accepted;
use crate::retry::{FailedAttempt, Failure, RetryState, retry_after};
use crate::service_error::ServiceError;
use crate::transport::{ReadBodyError, TransportError};

/// Why a repeatable call ended before the timeout that was set.
const WINDOW_NOTE: &str =
    "no time is left in which the service recognises the repeatability request id";

/// Why an attempt failed.
pub(crate) struct AttemptError {
    pub(crate) error: Error,
    pub(crate) failure: Failure,
    pub(crate) retry_after: Option<Duration>,
    /// The service rejected the credential, and a newer one is available.
    pub(crate) has_new_credential: bool,
    /// The `Authorization` header of the request, which the error must not show.
    pub(crate) authorization: Option<HeaderValue>,
}

impl AttemptError {
    fn new(error: Error, failure: Failure) -> Self {
        Self { error, failure, retry_after: None, has_new_credential: false, authorization: None }
    }

    /// The client has no request to send.
    pub(super) fn local(error: Error) -> Self {
        Self::new(error, Failure::Local)
    }

    pub(super) fn no_credential() -> Self {
        Self::local(Error::new(ErrorKind::Timeout, "timed out waiting for a token"))
    }

    pub(super) fn no_response() -> Self {
        let error = Error::new(ErrorKind::Timeout, "timed out waiting for a response");
        Self::new(error, Failure::NoResponse)
    }

    /// The response echoes the id of another request: the connection mixed them up.
    pub(super) fn foreign_response(head: &response::Parts) -> Self {
        let error = Error::new(ErrorKind::Transport, "the response belongs to another request");
        Self::new(error.with_response(head.status, &head.headers), Failure::NoResponse)
    }

    /// The body of a success could not be read to its end.
    pub(super) fn unread_body(reason: ReadBodyError, head: &response::Parts) -> Self {
        let (error, failure) = match reason {
            ReadBodyError::Interrupted(error) => (
                Error::new(ErrorKind::Transport, "the connection broke inside the response body")
                    .with_source(error),
                Failure::BodyLost,
            ),
            ReadBodyError::TimedOut => (
                Error::new(ErrorKind::Timeout, "timed out reading the response body"),
                Failure::BodyLost,
            ),
            ReadBodyError::TooLarge { limit } => {
                let text = format!("the response body is larger than {} MiB", limit >> 20);
                (Error::new(ErrorKind::TooLarge, text), Failure::Unusable)
            }
        };
        Self::new(error.with_response(head.status, &head.headers), failure)
    }

    /// A success with a status that the operation does not declare, or with another range of the
    /// content.
    pub(super) fn unusable(reason: &str, head: &response::Parts) -> Self {
        let text = format!("the operation was executed ({}), but {reason}", head.status);
        let error = Error::new(ErrorKind::Decode, text).with_response(head.status, &head.headers);
        Self::new(error, Failure::Unusable)
    }

    /// The response has an error status or is a redirect.
    pub(super) fn rejected(head: &response::Parts, body: &[u8], now: OffsetDateTime) -> Self {
        let (status, headers) = (head.status, &head.headers);
        let retry_after = retry_after(headers, now);
        let error = match status.is_redirection() {
            true => Error::new(ErrorKind::Redirect, redirect_text(status)),
            false => Error::new(ErrorKind::Service, format!("the service answered {status}")),
        };
        let error = error
            .with_response(status, headers)
            .with_service_error(ServiceError::read(headers, body))
            .with_location(location(head))
            .with_retry_after(retry_after);
        let failure = Failure::Status { status, is_recorded: is_accepted(headers) };
        Self { retry_after, ..Self::new(error, failure) }
    }

    /// Returns the data on which the retry decision depends.
    pub(crate) fn for_retry(&self, call: &CallContext<'_>) -> FailedAttempt {
        let time_left = call.deadline.saturating_duration_since(Instant::now());
        FailedAttempt {
            failure: self.failure,
            retry_safety: call.retry_safety(),
            retry_after: self.retry_after,
            has_new_credential: self.has_new_credential,
            time_left,
        }
    }

    /// Converts the failure of the last attempt into the error of its call.
    pub(crate) fn into_error(
        self,
        call: &CallContext<'_>,
        state: &RetryState<'_>,
        is_out_of_time: bool,
    ) -> Error {
        let error = self.error.with_outcome(state.outcome()).in_call(call.operation);
        let error = error.after(state.attempts(), &call.client_request_id);
        let is_out_of_time = is_out_of_time || Instant::now() >= call.deadline;
        let error = match call.is_window_deadline && is_out_of_time {
            true => error.with_note(WINDOW_NOTE),
            false => error,
        };
        error.redacted(&call.client.secrets(self.authorization.as_ref()))
    }
}

impl From<TransportError> for AttemptError {
    fn from(error: TransportError) -> Self {
        let (kind, text, failure) = match error.nothing_sent() {
            true if error.is_tls_refused() => {
                (ErrorKind::Connect, "the TLS handshake failed", Failure::TlsRefused)
            }
            true => (ErrorKind::Connect, "could not connect", Failure::NotSent),
            false => (ErrorKind::Transport, "the connection broke", Failure::NoResponse),
        };
        Self::new(Error::new(kind, text).with_source(error.into_source()), failure)
    }
}

fn redirect_text(status: StatusCode) -> String {
    match status {
        StatusCode::NOT_MODIFIED => format!("the service answered {status}"),
        _ => format!("the service answered {status}; redirects are not followed"),
    }
}

/// Where a request without a body is redirected to (RFC 9110, section 15.4).
fn location(head: &response::Parts) -> Option<String> {
    let is_followable = matches!(head.status.as_u16(), 301 | 302 | 307 | 308);
    let location = head.headers.get(LOCATION).filter(|_| is_followable)?;
    location.to_str().ok().map(str::to_owned)
}
