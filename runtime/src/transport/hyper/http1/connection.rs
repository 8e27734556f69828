//! A connection of HTTP/1.1.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;

use super::gate::{ClosedBeforeRequest, Gate, GatedStream};
use crate::transport::hyper::stream::Stream;

/// A connection that was used more recently is not examined before its next use: under load the
/// runtime has just polled it, and each check is a system call.
const MIN_IDLE_TIME_TO_EXAMINE: Duration = Duration::from_millis(1);

/// A connection that no request uses.
pub(in crate::transport::hyper) struct Connection {
    pub(super) sender: SendRequest<Full<Bytes>>,
    gate: Arc<Gate>,
    /// How long it was idle before this use; `None` for a new one.
    pub(super) idle: Option<Duration>,
}

/// Why a request on an HTTP/1.1 connection got no response.
pub(in crate::transport::hyper) enum Failure {
    /// Not a byte of it was written.
    Unsent {
        error: hyper::Error,
        request: Option<Box<http::Request<Full<Bytes>>>>,
    },
    Interrupted(hyper::Error),
}

impl Connection {
    pub(in crate::transport::hyper) async fn open(stream: Stream) -> Result<Self, hyper::Error> {
        let gate = Arc::new(Gate::default());
        let stream = GatedStream { stream, gate: Arc::clone(&gate) };
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Its errors are reported by the request that uses it.
        tokio::spawn(connection);
        Ok(Self { sender, gate, idle: None })
    }

    /// Waits until it can be put into a pool.
    pub(in crate::transport::hyper) async fn ready(&mut self) -> Result<(), hyper::Error> {
        self.sender.ready().await
    }

    pub(in crate::transport::hyper) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    pub(in crate::transport::hyper) fn is_reused(&self) -> bool {
        self.idle.is_some()
    }

    /// Whether it was idle long enough for the server to have closed it.
    pub(in crate::transport::hyper) fn may_be_closed(&self) -> bool {
        self.idle.is_some_and(|idle| idle >= MIN_IDLE_TIME_TO_EXAMINE)
    }

    pub(super) async fn send(
        &mut self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Incoming>, Failure> {
        self.gate.is_shut.store(self.may_be_closed(), Ordering::Release);
        let response = self.sender.try_send_request(request).await;
        response.map_err(|mut error| {
            let request = error.take_message().map(Box::new);
            let error = error.into_error();
            match request.is_some() || ClosedBeforeRequest::is_in(&error) {
                true => Failure::Unsent { error, request },
                false => Failure::Interrupted(error),
            }
        })
    }
}
