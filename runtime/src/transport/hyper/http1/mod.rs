//! HTTP/1.1: a connection that carries one request at a time.

mod body;
mod gate;
mod pool;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;

use self::body::Body;
use self::gate::{ClosedBeforeRequest, Gate, GatedStream};
pub(super) use self::pool::Pool;
use super::stream::Stream;

/// A connection that was used more recently is not examined before its next use: under load the
/// runtime has just looked at it, and each look is a system call.
const EXAMINED_AFTER: Duration = Duration::from_millis(1);

/// A connection that no request is on.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    gate: Arc<Gate>,
    idle: Option<Duration>,
}

/// Why a request on an HTTP/1.1 connection got no response.
pub(super) enum Failure {
    /// Not a byte of it was written.
    Unsent {
        error: hyper::Error,
        request: Option<Box<http::Request<Full<Bytes>>>>,
    },
    Interrupted(hyper::Error),
}

impl Connection {
    pub(super) async fn open(stream: Stream) -> Result<Self, hyper::Error> {
        let gate = Arc::new(Gate::default());
        let stream = GatedStream { stream, gate: Arc::clone(&gate) };
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Its errors reach the request that is on it.
        tokio::spawn(connection);
        Ok(Self { sender, gate, idle: None })
    }

    /// Waits until it can be put into a pool.
    pub(super) async fn ready(&mut self) -> Result<(), hyper::Error> {
        self.sender.ready().await
    }

    pub(super) fn is_reused(&self) -> bool {
        self.idle.is_some()
    }

    /// Whether it was idle long enough for the server to have closed it.
    pub(super) fn is_doubtful(&self) -> bool {
        self.idle.is_some_and(|idle| idle >= EXAMINED_AFTER)
    }

    /// Sends a request. The body of the response brings the connection back to `pool`.
    pub(super) async fn send(
        mut self,
        request: http::Request<Full<Bytes>>,
        pool: &Arc<Pool>,
    ) -> Result<http::Response<Body>, Failure> {
        self.gate.is_shut.store(self.is_doubtful(), Ordering::Release);
        let response = self.sender.try_send_request(request).await;
        let response = response.map_err(|mut error| {
            let request = error.take_message().map(Box::new);
            let error = error.into_error();
            match request.is_some() || ClosedBeforeRequest::is_in(&error) {
                true => Failure::Unsent { error, request },
                false => Failure::Interrupted(error),
            }
        })?;
        Ok(response.map(|body| Body::new(body, self, Arc::clone(pool))))
    }
}
