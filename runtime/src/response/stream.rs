//! Downloads, whose bytes are read as they arrive, in constant memory.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::{Sleep, sleep};

use super::raw::{CallSummary, RawResponse, ResponseBody};
use crate::error::{Error, ErrorKind, Result};
use crate::transport::Body;

/// The body of a response, which is read chunk by chunk.
///
/// An operation that is declared with `Result<ByteStream>` returns it. Read it with
/// [`next`](Self::next) or as a `Stream`. If the body is truncated, or if no data arrives for the
/// client's `stall_timeout` while it is being read, the stream ends with an error rather than with
/// `None`. A pause of the reader does not count as a stall.
///
/// ```
/// use acs_rest::{ByteStream, Result};
///
/// async fn length(mut download: ByteStream) -> Result<usize> {
///     let mut length = 0;
///     while let Some(chunk) = download.next().await {
///         length += chunk?.len();
///     }
///     Ok(length)
/// }
/// ```
pub struct ByteStream {
    body: Body,
    /// The number of bytes that have not arrived yet, if the response states its length.
    remaining: Option<u64>,
    stall_timeout: Duration,
    /// Runs only while a read is pending.
    stall: Option<Pin<Box<Sleep>>>,
    /// `None` for the stream of a test double.
    call: Option<CallSummary>,
    ended: bool,
}

impl ByteStream {
    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    /// If the connection breaks, the body does not have its stated length, or no data arrives for
    /// `stall_timeout`.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    pub(super) fn of_response(response: RawResponse) -> Self {
        let (body, call) = response.into_body();
        let (body, remaining, stall_timeout) = match body {
            ResponseBody::Streaming { body, length, stall_timeout } => {
                (body, length, stall_timeout)
            }
            ResponseBody::Buffered(bytes) | ResponseBody::OfOtherStatus(bytes) => {
                (Body::from(bytes), None, Duration::MAX)
            }
            ResponseBody::Ignored => (Body::default(), None, Duration::MAX),
        };
        Self { body, remaining, stall_timeout, stall: None, call: Some(call), ended: false }
    }

    fn poll_chunk(&mut self, cx: &mut TaskContext<'_>) -> Poll<Option<Result<Bytes>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let polled = match self.body.poll_chunk(cx) {
            Poll::Ready(Some(Ok(chunk))) => Some(self.count(chunk)),
            Poll::Ready(Some(Err(error))) => Some(Err(self
                .error(ErrorKind::Transport, "the connection broke inside the response body")
                .with_source(error))),
            Poll::Ready(None) => self.check_end(),
            Poll::Pending => Some(Err(ready!(self.poll_stall(cx)))),
        };
        self.stall = None;
        self.ended = !matches!(polled, Some(Ok(_)));
        Poll::Ready(polled)
    }

    fn poll_stall(&mut self, cx: &mut TaskContext<'_>) -> Poll<Error> {
        let timeout = self.stall_timeout;
        let stall = self.stall.get_or_insert_with(|| Box::pin(sleep(timeout)));
        ready!(stall.as_mut().poll(cx));
        Poll::Ready(self.error(ErrorKind::Timeout, format!("no data received for {timeout:?}")))
    }

    fn count(&mut self, chunk: Bytes) -> Result<Bytes> {
        if let Some(remaining) = &mut self.remaining {
            let Some(rest) = remaining.checked_sub(chunk.len() as u64) else {
                let text = "the body is longer than its stated length";
                return Err(self.error(ErrorKind::Transport, text));
            };
            *remaining = rest;
        }
        Ok(chunk)
    }

    fn check_end(&self) -> Option<Result<Bytes>> {
        let missing = self.remaining.filter(|&remaining| remaining > 0)?;
        let text = format!("the body ended {missing} bytes before its stated length");
        Some(Err(self.error(ErrorKind::Transport, text)))
    }

    fn error(&self, kind: ErrorKind, text: impl Into<String>) -> Error {
        match &self.call {
            Some(call) => call.error(kind, text),
            None => Error::new(kind, text),
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl ByteStream {
    /// Creates the stream of a test double.
    fn of_bytes(bytes: Bytes) -> Self {
        Self {
            body: Body::from(bytes),
            remaining: None,
            stall_timeout: Duration::MAX,
            stall: None,
            call: None,
            ended: false,
        }
    }
}

macro_rules! from_bytes {
    ($($type:ty),*) => {$(
        /// Creates the stream of a test double of an operation trait.
        impl From<$type> for ByteStream {
            fn from(bytes: $type) -> Self {
                Self::of_bytes(bytes.into())
            }
        }
    )*};
}

from_bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
