//! HTTP/2: one connection that carries many requests (RFC 9113).

mod body;
mod keep_alive;
mod streams;

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use h2::client::{Builder, SendRequest};
use http::Request;
use tokio::time::timeout;

use self::body::Body;
use self::keep_alive::KeepAlive;
pub(super) use self::streams::{Slot, Streams};
use super::stream::{BoxError, Stream};
use crate::transport::error::TransportError;
use crate::transport::http2;

/// The same as in hyper: the limit until the server's settings arrive.
const INITIAL_MAX_STREAMS: usize = 100;

/// A handle to a connection.
#[derive(Clone)]
pub(super) struct Connection {
    sender: SendRequest<Bytes>,
    streams: Arc<Streams>,
}

impl Connection {
    /// Starts HTTP/2 on a stream. `forget` is called once the connection has been idle for
    /// `idle_timeout`; it ends when the last handle is dropped.
    pub(super) async fn open(
        stream: Stream,
        idle_timeout: Duration,
        forget: impl Fn(&Weak<Streams>) + Send + 'static,
    ) -> Result<Self, h2::Error> {
        let (sender, mut connection) = Builder::new()
            .enable_push(false)
            .initial_max_send_streams(INITIAL_MAX_STREAMS)
            .initial_window_size(http2::STREAM_WINDOW)
            .initial_connection_window_size(http2::CONNECTION_WINDOW)
            .max_header_list_size(http2::MAX_HEADER_LIST)
            .handshake(stream)
            .await?;
        let streams = Arc::new(Streams::new(INITIAL_MAX_STREAMS));
        let handle = Self { sender, streams: Arc::clone(&streams) };
        let mut keep_alive = KeepAlive::new(connection.ping_pong(), idle_timeout);
        let driver = std::future::poll_fn(move |cx| {
            let mut polled = Pin::new(&mut connection).poll(cx).map(|_| ());
            streams.set_limit(connection.max_concurrent_send_streams());
            if polled.is_pending() {
                polled = keep_alive.poll(cx, &streams, &|| forget(&Arc::downgrade(&streams)));
            }
            if polled.is_ready() {
                streams.close();
            }
            polled
        });
        tokio::spawn(driver);
        Ok(handle)
    }

    /// Whether it accepts requests and was used recently enough to be alive.
    pub(super) fn is_usable(&self, idle_timeout: Duration) -> bool {
        let idle_since = self.streams.idle_since();
        !self.streams.is_closed() && idle_since.is_none_or(|since| since.elapsed() < idle_timeout)
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.streams, &other.streams)
    }

    pub(super) fn belongs_to(&self, streams: &Weak<Streams>) -> bool {
        std::ptr::eq(Arc::as_ptr(&self.streams), streams.as_ptr())
    }

    /// Reserves a stream for one request, as soon as the server's limit admits it; `None` if the
    /// connection accepts no more requests.
    pub(super) async fn reserve(
        &mut self,
        max_wait: Duration,
    ) -> Result<Option<Slot>, TransportError> {
        let slot = match self.streams.try_acquire() {
            Poll::Ready(slot) => slot,
            Poll::Pending => timeout(max_wait, self.streams.acquire()).await.map_err(|_| {
                let text =
                    format!("no stream of the HTTP/2 connection became free in {max_wait:?}");
                TransportError::connect(text)
            })?,
        };
        let is_ready = std::future::poll_fn(|cx| self.sender.poll_ready(cx)).await.is_ok();
        Ok(slot.filter(|_| is_ready))
    }

    /// Sends a request on a reserved stream.
    pub(super) async fn send(
        mut self,
        head: Request<()>,
        body: Bytes,
        slot: Slot,
    ) -> Result<http::Response<Body>, TransportError> {
        let (response, mut stream) =
            self.sender.send_request(head, body.is_empty()).map_err(TransportError::connect)?;
        drop(self.sender);
        if !body.is_empty() {
            // The server's window decides when it is written.
            stream.send_data(body, true).map_err(failure)?;
        }
        drop(stream);
        let response = response.await.map_err(failure)?;
        let length = Body::declared_length(response.headers());
        Ok(response.map(|stream| Body::new(stream, slot, length)))
    }
}

fn failure(error: h2::Error) -> TransportError {
    match http2::is_unprocessed(&error) {
        true => TransportError::connect(error),
        false => TransportError::interrupted(BoxError::from(error)),
    }
}
