//! A download: bytes as they arrive, in constant memory.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::{Sleep, sleep};

use crate::answer::{Answer, Context, content_length};
use crate::error::{Error, ErrorKind, Result};
use crate::transport::Body;

/// The body of an answer, chunk by chunk: declare `Result<ByteStream>`.
///
/// Read it with [`next`](Self::next), or as a `Stream`. It ends with an error, never with `None`,
/// if the body breaks off, or brings nothing for the client's `stall_timeout` while it is being
/// read; a reader that pauses is no stall.
///
/// ```
/// use acs_rest_runtime::{ByteStream, Result};
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
    /// What is still to come, if the answer said so.
    missing: Option<u64>,
    stall_timeout: Duration,
    /// Runs only while a read waits.
    stall: Option<Pin<Box<Sleep>>>,
    /// None for a stream of one's own.
    context: Option<Context>,
    ended: bool,
}

impl ByteStream {
    /// The next chunk, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    pub(crate) fn from_answer(answer: Answer) -> Self {
        let missing = content_length(answer.headers());
        Self::of_length(answer, missing)
    }

    /// The body of an answer that is to bring as many bytes as `missing` says.
    pub(crate) fn of_length(answer: Answer, missing: Option<u64>) -> Self {
        let (body, stall_timeout, context) = answer.into_stream();
        Self { body, missing, stall_timeout, stall: None, context: Some(context), ended: false }
    }

    fn poll_chunk(&mut self, cx: &mut TaskContext<'_>) -> Poll<Option<Result<Bytes>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let polled = match self.body.poll_chunk(cx) {
            Poll::Ready(Some(Ok(chunk))) => Some(self.count(chunk)),
            Poll::Ready(Some(Err(error))) => Some(Err(self
                .error(ErrorKind::Transport, "the download broke off")
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
        Poll::Ready(
            self.error(ErrorKind::Timeout, format!("the download brought nothing for {timeout:?}")),
        )
    }

    fn count(&mut self, chunk: Bytes) -> Result<Bytes> {
        if let Some(missing) = &mut self.missing {
            let Some(left) = missing.checked_sub(chunk.len() as u64) else {
                return Err(self.error(ErrorKind::Transport, "the download is longer than it said"));
            };
            *missing = left;
        }
        Ok(chunk)
    }

    fn check_end(&self) -> Option<Result<Bytes>> {
        let missing = self.missing.filter(|&missing| missing > 0)?;
        let text = format!("the download ended {missing} bytes early");
        Some(Err(self.error(ErrorKind::Transport, text)))
    }

    fn error(&self, kind: ErrorKind, text: impl Into<String>) -> Error {
        match &self.context {
            Some(context) => context.error(kind, text),
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

/// A stream of your own, for a test double of an operation trait.
impl<T: Into<Bytes>> From<T> for ByteStream {
    fn from(bytes: T) -> Self {
        let body = Body::from(bytes);
        Self {
            body,
            missing: None,
            stall_timeout: Duration::MAX,
            stall: None,
            context: None,
            ended: false,
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
