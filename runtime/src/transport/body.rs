//! The body of a response, chunk by chunk.

use std::fmt;
use std::future::poll_fn;
use std::mem::take;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::Body as HttpBody;
#[cfg(feature = "reqwest")]
use http_body::{Frame, SizeHint};

use super::error::TransportError;

/// The body of a response, read as it arrives.
pub struct Body(Inner);

enum Inner {
    Whole(Option<Bytes>),
    Stream(Pin<Box<dyn HttpBody<Data = Bytes, Error = TransportError> + Send>>),
}

/// A body whose errors are converted to [`TransportError`].
#[cfg(feature = "reqwest")]
struct Mapped<B: HttpBody> {
    body: B,
    error: fn(B::Error) -> TransportError,
}

#[cfg(feature = "reqwest")]
impl<B: HttpBody<Data = Bytes> + Unpin> HttpBody for Mapped<B> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let error = self.error;
        Pin::new(&mut self.body).poll_frame(cx).map_err(error)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Why a body could not be read to its end.
pub(crate) enum ReadBodyError {
    TooLarge { limit: usize },
    TimedOut,
    Interrupted(TransportError),
}

impl Body {
    /// Creates a body that is streamed as it is read.
    pub fn new(body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + 'static) -> Self {
        Self(Inner::Stream(Box::pin(body)))
    }

    /// Wraps the body of an HTTP library, converting its errors.
    #[cfg(feature = "reqwest")]
    pub(super) fn mapped<B>(body: B, error: fn(B::Error) -> TransportError) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + Unpin + 'static,
    {
        Self::new(Mapped { body, error })
    }

    /// Returns the next chunk, or `None` at the end. The caller limits how much it reads.
    ///
    /// # Errors
    /// If the connection breaks before the end of the body.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    /// Polls for the next chunk, as [`next`](Self::next) does. Trailers are skipped.
    pub(crate) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Inner::Whole(bytes) => {
                Poll::Ready(bytes.take().filter(|bytes| !bytes.is_empty()).map(Ok))
            }
            Inner::Stream(body) => loop {
                match ready!(body.as_mut().poll_frame(cx)) {
                    None => return Poll::Ready(None),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Some(Ok(frame)) => {
                        if let Ok(data) = frame.into_data() {
                            return Poll::Ready(Some(Ok(data)));
                        }
                    }
                }
            },
        }
    }

    /// Returns the number of remaining bytes, if the body states it.
    pub(crate) fn length(&self) -> Option<u64> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Inner::Stream(body) => body.size_hint().exact(),
        }
    }

    /// Polls for the next chunk, as [`poll_chunk`](Self::poll_chunk) does. A body that reports that
    /// it has ended is not polled again.
    fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &self.0 {
            Inner::Stream(body) if body.is_end_stream() => Poll::Ready(None),
            _ => self.poll_chunk(cx),
        }
    }

    /// Reads the whole body, if it has no more than `limit` bytes. A single chunk is not copied.
    pub(crate) fn collect(
        &mut self,
        limit: usize,
    ) -> impl Future<Output = Result<Bytes, ReadBodyError>> {
        let mut collected = Collected::Nothing;
        poll_fn(move |cx| {
            loop {
                match ready!(self.poll_rest(cx)) {
                    None => return Poll::Ready(Ok(take(&mut collected).freeze())),
                    Some(Err(error)) => return Poll::Ready(Err(ReadBodyError::Interrupted(error))),
                    Some(Ok(chunk)) => collected.push(chunk),
                }
                if collected.len() > limit {
                    return Poll::Ready(Err(ReadBodyError::TooLarge { limit }));
                }
            }
        })
    }

    /// Appends the first `limit` bytes to `prefix`, which keeps the bytes that were read if the
    /// future is dropped.
    pub(crate) fn read_prefix(
        &mut self,
        prefix: &mut Vec<u8>,
        limit: usize,
    ) -> impl Future<Output = ()> {
        poll_fn(move |cx| {
            while let Some(Ok(chunk)) = ready!(self.poll_rest(cx)) {
                let room = limit - prefix.len();
                prefix.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() >= room {
                    break;
                }
            }
            Poll::Ready(())
        })
    }
}

/// The chunks of a body that have been read.
#[derive(Default)]
enum Collected {
    #[default]
    Nothing,
    One(Bytes),
    More(BytesMut),
}

impl Collected {
    fn push(&mut self, chunk: Bytes) {
        let mut whole = match take(self) {
            Self::Nothing => return *self = Self::One(chunk),
            Self::One(first) => BytesMut::from(first),
            Self::More(whole) => whole,
        };
        whole.extend_from_slice(&chunk);
        *self = Self::More(whole);
    }

    fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::One(chunk) => chunk.len(),
            Self::More(whole) => whole.len(),
        }
    }

    fn freeze(self) -> Bytes {
        match self {
            Self::Nothing => Bytes::new(),
            Self::One(chunk) => chunk,
            Self::More(whole) => whole.freeze(),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self(Inner::Whole(None))
    }
}

macro_rules! from_bytes {
    ($($type:ty),*) => {$(
        impl From<$type> for Body {
            fn from(bytes: $type) -> Self {
                Self(Inner::Whole(Some(bytes.into())))
            }
        }
    )*};
}

from_bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use http_body::Frame;

    use super::*;

    /// Returns its chunks, and must not be polled once it has reported its end.
    struct Scripted {
        chunks: VecDeque<&'static str>,
        reports_end: bool,
    }

    impl HttpBody for Scripted {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            let is_ended = self.is_end_stream();
            assert!(!is_ended, "polled past its end");
            let chunk = self.chunks.pop_front();
            Poll::Ready(chunk.map(|chunk| Ok(Frame::data(chunk.into()))))
        }

        fn is_end_stream(&self) -> bool {
            self.reports_end && self.chunks.is_empty()
        }
    }

    #[tokio::test]
    async fn a_body_is_read_to_its_end_and_not_beyond() {
        for chunks in
            [&[][..], &["abcd"], &["ab", "cd"], &["a", "b", "c", "d"], &["abcde"], &["abc", "de"]]
        {
            for reports_end in [true, false] {
                let chunks_to_come = chunks.iter().copied().collect();
                let mut body = Body::new(Scripted { chunks: chunks_to_come, reports_end });
                let whole = chunks.concat();
                match body.collect(4).await {
                    Ok(read) if whole.len() <= 4 => assert_eq!(read, whole),
                    Err(ReadBodyError::TooLarge { limit: 4 }) if whole.len() > 4 => {}
                    _ => panic!("{chunks:?}"),
                }
            }
        }
    }
}
