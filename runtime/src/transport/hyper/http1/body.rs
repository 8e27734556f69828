//! The body of an HTTP/1.1 response.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};

use super::connection::Connection;
use super::pool::Pool;
use crate::transport::error::TransportError;

/// The body of a response. At its end the connection goes back to the pool.
pub(in crate::transport::hyper) struct Body {
    body: Incoming,
    reuse: Option<(Connection, Arc<Pool>)>,
}

impl Body {
    pub(super) fn new(body: Incoming, connection: Connection, pool: Arc<Pool>) -> Self {
        let mut body = Self { body, reuse: Some((connection, pool)) };
        body.reuse_at_end();
        body
    }

    fn reuse_at_end(&mut self) {
        if self.body.is_end_stream()
            && let Some((connection, pool)) = self.reuse.take()
        {
            pool.put_when_ready(connection);
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
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        match frame {
            Some(Ok(_)) => self.reuse_at_end(),
            None => {
                if let Some((connection, pool)) = self.reuse.take() {
                    pool.put_when_ready(connection);
                }
            }
            Some(Err(_)) => self.reuse = None,
        }
        Poll::Ready(frame.map(|frame| frame.map_err(TransportError::interrupted)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
