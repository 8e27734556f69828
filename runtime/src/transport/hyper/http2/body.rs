//! The body of an HTTP/2 response.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use h2::RecvStream;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::streams::Slot;
use crate::transport::error::TransportError;

pub(in crate::transport) struct Body {
    stream: RecvStream,
    /// Freed at the end of the body, or with it.
    slot: Option<Slot>,
    /// The remaining bytes, if the server declared the length; h2 checks it.
    remaining: Option<u64>,
}

impl Body {
    pub(super) fn new(stream: RecvStream, slot: Slot, remaining: Option<u64>) -> Self {
        let mut body = Self { stream, slot: Some(slot), remaining };
        body.free_at_end();
        body
    }

    pub(super) fn declared_length(headers: &HeaderMap) -> Option<u64> {
        headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    fn free_at_end(&mut self) {
        if self.stream.is_end_stream() {
            self.slot = None;
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let data = ready!(self.stream.poll_data(cx));
        let data = data.map(|data| data.map_err(TransportError::interrupted)).transpose();
        Poll::Ready(match data {
            Ok(Some(data)) => {
                // The peer may send as much again.
                let released = self.stream.flow_control().release_capacity(data.len());
                self.remaining =
                    self.remaining.map(|remaining| remaining.saturating_sub(data.len() as u64));
                self.free_at_end();
                Some(released.map(|()| Frame::data(data)).map_err(TransportError::interrupted))
            }
            Ok(None) => {
                self.slot = None;
                None
            }
            Err(error) => {
                self.slot = None;
                Some(Err(error))
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.stream.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.remaining.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
