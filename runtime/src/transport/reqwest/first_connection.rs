//! Lets a connection be made alone: over HTTP/2 all calls can share it, and reqwest would
//! otherwise open one for each call that starts before it is there.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http::Version;
use tokio::sync::Notify;
use tokio::time::timeout;
use tower_layer::Layer;
use tower_service::Service;

/// What the transport and its connector share.
#[derive(Clone, Default)]
pub(super) struct FirstConnection(Arc<State>);

#[derive(Default)]
struct State {
    /// The server speaks HTTP/1.1: nothing can be shared.
    is_http1: AtomicBool,
    is_open: AtomicBool,
    is_opening: AtomicBool,
    ended: Notify,
}

/// Held by the call that makes the connection.
pub(super) struct Turn(FirstConnection);

impl FirstConnection {
    /// Waits while another call makes the connection, at most for this long.
    pub(super) async fn turn(&self, patience: Duration) -> Option<Turn> {
        if self.is_settled() {
            return None;
        }
        // A call that waits for longer goes on by itself.
        timeout(patience, self.wait()).await.unwrap_or_default()
    }

    /// The call got a response: what it came over can be shared, or nothing can.
    pub(super) fn answered(&self, version: Version) {
        if version != Version::HTTP_2 {
            self.0.is_http1.store(true, Ordering::Relaxed);
        }
        if !self.is_settled() {
            self.opened();
        }
    }

    /// The connection is gone, and so the next one is the first again.
    pub(super) fn lost(&self) {
        self.0.is_open.store(false, Ordering::Relaxed);
    }

    async fn wait(&self) -> Option<Turn> {
        loop {
            let mut ended = std::pin::pin!(self.0.ended.notified());
            ended.as_mut().enable();
            if self.is_settled() {
                // The connection is about to enter the pool.
                tokio::task::yield_now().await;
                return None;
            }
            if !self.0.is_opening.swap(true, Ordering::AcqRel) {
                return Some(Turn(self.clone()));
            }
            ended.await;
        }
    }

    fn is_settled(&self) -> bool {
        self.0.is_open.load(Ordering::Acquire) || self.0.is_http1.load(Ordering::Relaxed)
    }

    fn opened(&self) {
        self.0.is_open.store(true, Ordering::Release);
        self.0.ended.notify_waiters();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.is_opening.store(false, Ordering::Release);
        self.0.0.ended.notify_waiters();
    }
}

impl<S> Layer<S> for FirstConnection {
    type Service = Connector<S>;

    fn layer(&self, connector: S) -> Connector<S> {
        Connector { connector, first: self.clone() }
    }
}

/// A connector that reports its first connection.
#[derive(Clone)]
pub(super) struct Connector<S> {
    connector: S,
    first: FirstConnection,
}

impl<R, S> Service<R> for Connector<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.connector.poll_ready(cx)
    }

    fn call(&mut self, target: R) -> Self::Future {
        let first = self.first.clone();
        let connecting = self.connector.call(target);
        Box::pin(async move {
            let connection = connecting.await?;
            first.opened();
            Ok(connection)
        })
    }
}
