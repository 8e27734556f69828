//! Holds back a request until its idle connection has been examined.

use std::fmt;
use std::io::{Error as IoError, IoSlice, Result as IoResult};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::transport::hyper::stream::Stream;

/// Holds back the writes of a connection. While it is shut, no byte of the request has been
/// written: hyper writes nothing on an idle connection, and only idle connections are reused.
#[derive(Default)]
pub(super) struct Gate {
    pub(super) is_shut: AtomicBool,
}

/// A stream that checks for input before its first write after an idle time: the end of the stream
/// may have arrived without the runtime having reported it.
pub(super) struct GatedStream {
    pub(super) stream: Stream,
    pub(super) gate: Arc<Gate>,
}

/// The peer closed the connection before the request was written.
#[derive(Debug)]
pub(super) struct ClosedBeforeRequest;

impl ClosedBeforeRequest {
    pub(super) fn is_in(error: &hyper::Error) -> bool {
        let error = std::error::Error::source(error).and_then(|error| error.downcast_ref());
        error.and_then(IoError::get_ref).is_some_and(|inner| inner.is::<Self>())
    }
}

impl fmt::Display for ClosedBeforeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the idle connection was closed before the request was written")
    }
}

impl std::error::Error for ClosedBeforeRequest {}

impl GatedStream {
    fn is_shut(&self) -> bool {
        self.gate.is_shut.load(Ordering::Acquire)
    }

    /// Lets a write pass, unless there is something to read first.
    fn poll_open(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if !self.is_shut() {
            return Poll::Ready(());
        }
        if self.stream.has_unread_input() {
            // The runtime reports it next, and hyper reads before it writes.
            if self.stream.tcp().poll_read_ready(cx).is_ready() {
                cx.waker().wake_by_ref();
            }
            return Poll::Pending;
        }
        self.gate.is_shut.store(false, Ordering::Release);
        Poll::Ready(())
    }
}

impl AsyncRead for GatedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<IoResult<()>> {
        let filled = buffer.filled().len();
        let result = ready!(Pin::new(&mut self.stream).poll_read(cx, buffer));
        let is_closed = result.is_err() || buffer.filled().len() == filled;
        Poll::Ready(match is_closed && self.is_shut() {
            true => Err(IoError::other(ClosedBeforeRequest)),
            false => result,
        })
    }
}

impl AsyncWrite for GatedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<IoResult<usize>> {
        ready!(self.poll_open(cx));
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<IoResult<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<IoResult<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<IoResult<usize>> {
        ready!(self.poll_open(cx));
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }
}
