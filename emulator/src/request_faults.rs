//! Planned faults of the next requests.

use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use crate::body::Body;
use http::{StatusCode, header};
use hyper::body::Bytes;
use hyper::body::Frame;
use tokio::time::{Sleep, sleep};

use crate::error::ServiceError;
use crate::response::Response;

/// The fault of one request.
#[derive(Clone, Debug)]
pub(crate) struct RequestFault {
    /// The status of the response in place of the operation, which is not executed.
    pub(crate) status: Option<StatusCode>,
    /// The `Retry-After` of the response, in seconds.
    pub(crate) retry_after: Option<u64>,
    /// The delay of the response.
    pub(crate) delay: Option<Duration>,
    /// The fault of the connection.
    pub(crate) breakage: Option<Breakage>,
}

/// How a connection breaks after the operation was executed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Breakage {
    /// Without a response.
    Dropped,
    /// In the middle of the response.
    Half,
}

/// The planned faults by operation id; `*` stands for every operation.
#[derive(Debug, Default)]
pub(crate) struct RequestFaults(Mutex<BTreeMap<String, VecDeque<RequestFault>>>);

impl RequestFaults {
    pub(crate) fn plan(&self, operation: &str, fault: &RequestFault, count: usize) {
        let mut faults = self.faults();
        let queue = faults.entry(operation.to_owned()).or_default();
        queue.extend(std::iter::repeat_n(fault.clone(), count));
    }

    /// Takes the next fault of `operation`.
    pub(crate) fn take(&self, operation: &str) -> Option<RequestFault> {
        let mut faults = self.faults();
        let own = faults.get_mut(operation).and_then(VecDeque::pop_front);
        own.or_else(|| faults.get_mut("*")?.pop_front())
    }

    /// How many faults are planned.
    pub(crate) fn count(&self) -> usize {
        self.faults().values().map(VecDeque::len).sum()
    }

    pub(crate) fn clear(&self) {
        self.faults().clear();
    }

    fn faults(&self) -> MutexGuard<'_, BTreeMap<String, VecDeque<RequestFault>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RequestFault {
    /// The response in place of the operation, if the fault has one.
    pub(crate) fn response(&self) -> Option<Response> {
        let status = self.status?;
        let code = match status {
            StatusCode::TOO_MANY_REQUESTS => "TooManyRequests",
            StatusCode::SERVICE_UNAVAILABLE => "ServiceUnavailable",
            status if status.is_server_error() => "InternalServerError",
            _ => "BadRequest",
        };
        let error = ServiceError::new(status, code, "this request was meant to fail");
        Some(Response::from(match self.retry_after {
            Some(seconds) => error.with_header("retry-after", seconds.to_string()),
            None => error,
        }))
    }
}

impl Breakage {
    /// Applies the fault to the response.
    pub(crate) fn apply(
        self,
        response: http::Response<Body>,
        length: usize,
    ) -> http::Response<Body> {
        let (mut parts, _) = response.into_parts();
        let (sent, pause) = match self {
            Self::Dropped => (None, None),
            // Time to send the beginning.
            Self::Half => (Some(Bytes::from_static(b"{")), Some(Duration::from_millis(20))),
        };
        parts.headers.insert(header::CONTENT_LENGTH, (length.max(2)).into());
        let pause = pause.map(|pause| Box::pin(sleep(pause)));
        http::Response::from_parts(parts, Body::new(BrokenBody { sent, pause }))
    }
}

/// A body that ends with an error.
struct BrokenBody {
    sent: Option<Bytes>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl hyper::body::Body for BrokenBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some(bytes) = self.sent.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if let Some(pause) = &mut self.pause
            && pause.as_mut().poll(context).is_pending()
        {
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(std::io::Error::other("the connection breaks off on demand"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(status: u16) -> RequestFault {
        let status = StatusCode::from_u16(status).ok();
        RequestFault { status, retry_after: Some(2), delay: None, breakage: None }
    }

    #[test]
    fn the_next_requests_of_an_operation_fail_and_no_others() {
        let faults = RequestFaults::default();
        faults.plan("CreateCall", &fault(429), 2);
        faults.plan("*", &fault(503), 1);
        let status = |operation| faults.take(operation).and_then(|f| f.status).map(|s| s.as_u16());
        assert_eq!(status("CreateCall"), Some(429));
        assert_eq!(status("CallMedia_Play"), Some(503));
        assert_eq!(status("CallMedia_Play"), None);
        assert_eq!(status("CreateCall"), Some(429));
        assert_eq!(status("CreateCall"), None);
    }

    #[test]
    fn a_429_has_a_retry_after() {
        let response = fault(429).response().unwrap();
        assert_eq!((response.status().as_u16(), response.header("retry-after")), (429, Some("2")));
    }
}
