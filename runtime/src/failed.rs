//! A try that failed: the error it would be, and what the decision about another hangs on.

use std::time::{Duration, SystemTime};

use http::response;
use http::{HeaderMap, StatusCode};

use crate::answer::request_id;
use crate::credential::Generation;
use crate::error::{Error, ErrorKind, Outcome};
use crate::retry::{self, Failure};
use crate::service_error::ServiceError;
use crate::transport::{TransportError, Unread};

/// A try that failed.
pub(crate) struct Failed {
    pub(crate) error: Error,
    pub(crate) failure: Failure,
    pub(crate) wish: Option<Duration>,
    /// The credential that the service refused.
    pub(crate) unauthorized: Option<Generation>,
    /// The service answered for the recorded request, so that earlier doubts are settled.
    pub(crate) settled: bool,
}

impl Failed {
    fn new(error: Error, failure: Failure) -> Self {
        Self { error, failure, wish: None, unauthorized: None, settled: false }
    }

    pub(crate) fn no_token() -> Self {
        Self::new(Error::new(ErrorKind::Timeout, "no token within the time"), Failure::Final)
    }

    pub(crate) fn no_answer() -> Self {
        let error = Error::new(ErrorKind::Timeout, "no answer within the time");
        Self::new(error.with_outcome(Outcome::Unknown), Failure::Broken)
    }

    /// The answer is to somebody else's request.
    pub(crate) fn foreign_answer(status: StatusCode, headers: &HeaderMap) -> Self {
        let error = Error::new(ErrorKind::Transport, "the answer is for another request")
            .with_outcome(Outcome::Unknown)
            .with_answer(status, request_id(headers));
        Self::new(error, Failure::Broken)
    }

    /// The operation was carried out, and its result lost.
    pub(crate) fn unreadable(unread: Unread, head: &response::Parts) -> Self {
        let mut failed = match unread {
            Unread::Broken(error) => Self::from(error),
            Unread::TimedOut => {
                let text = "the answer did not come to its end within the time";
                Self::new(Error::new(ErrorKind::Timeout, text), Failure::Broken)
            }
            Unread::TooLarge { limit } => {
                let text = format!("the answer is larger than {} MiB", limit >> 20);
                Self::new(Error::new(ErrorKind::TooLarge, text), Failure::Final)
            }
        };
        let error = failed.error.with_outcome(Outcome::Executed);
        failed.error = error.with_answer(head.status, request_id(&head.headers));
        failed
    }

    /// The service refused. `may_be_running` is as in [`retry::Tried`].
    pub(crate) fn refused(
        head: &response::Parts,
        body: &[u8],
        may_be_running: bool,
        now: SystemTime,
    ) -> Self {
        let (status, headers) = (head.status, &head.headers);
        let is_accepted = headers
            .get("repeatability-result")
            .is_some_and(|result| result.as_bytes().eq_ignore_ascii_case(b"accepted"));
        let outcome = retry::outcome(status, may_be_running, is_accepted);
        let wish = retry::wish(headers, now);
        let (error, failure) = match status.is_redirection() {
            true => {
                let text = format!("the service answered {status}; redirects are not followed");
                (Error::new(ErrorKind::Redirect, text), Failure::Final)
            }
            false => {
                let text = format!("the service answered {status}");
                (Error::new(ErrorKind::Service, text), Failure::Status(status))
            }
        };
        let error = error
            .with_answer(status, request_id(headers))
            .with_service(ServiceError::read(headers, body))
            .with_outcome(outcome)
            .with_retry_after(wish);
        let settled = is_accepted && outcome == Outcome::NotExecuted;
        Self { wish, settled, ..Self::new(error, failure) }
    }
}

impl From<Error> for Failed {
    /// Before anything was sent.
    fn from(error: Error) -> Self {
        Self::new(error, Failure::Final)
    }
}

impl From<TransportError> for Failed {
    fn from(error: TransportError) -> Self {
        let (kind, outcome, failure) = match error.nothing_sent() {
            true => (ErrorKind::Connect, Outcome::NotExecuted, Failure::NothingSent),
            false => (ErrorKind::Transport, Outcome::Unknown, Failure::Broken),
        };
        let error = Error::new(kind, error.to_string()).with_outcome(outcome).with_source(error);
        Self::new(error, failure)
    }
}
