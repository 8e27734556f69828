//! The connections to one endpoint.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use http::uri::{Authority, Scheme};

use super::connector::Connector;
use super::http1;
use super::http2;
use super::stream::BoxError;
use crate::endpoint::Endpoint;

/// An endpoint, and the connections to it that can be used.
pub(super) struct Host {
    pub(super) endpoint: Endpoint,
    pub(super) scheme: Scheme,
    pub(super) authority: Authority,
    /// The value of `Host`.
    pub(super) host: HeaderValue,
    pub(super) connector: Arc<Connector>,
    pub(super) http1: Arc<http1::Pool>,
    http2: Mutex<Option<http2::Connection>>,
    idle_timeout: Duration,
    /// Held while a connection is opened that may turn out to be HTTP/2, which all requests share.
    connecting: tokio::sync::Mutex<()>,
    is_http1: AtomicBool,
}

/// A connection that can send a request.
pub(super) enum Connection {
    Http1(http1::Connection),
    Http2(http2::Connection),
}

impl Host {
    pub(super) fn new(
        endpoint: &Endpoint,
        connector: Arc<Connector>,
        idle_timeout: Duration,
    ) -> Result<Self, http::Error> {
        Ok(Self {
            endpoint: endpoint.clone(),
            scheme: endpoint.scheme().parse()?,
            authority: endpoint.authority().parse()?,
            host: endpoint.authority().parse()?,
            connector,
            http1: http1::Pool::new(idle_timeout),
            http2: Mutex::default(),
            idle_timeout,
            connecting: tokio::sync::Mutex::default(),
            // Without TLS there is nothing to negotiate.
            is_http1: AtomicBool::new(endpoint.scheme() == "http"),
        })
    }

    /// Returns an existing connection or a new one.
    pub(super) async fn connection(self: &Arc<Self>) -> Result<Connection, BoxError> {
        if let Some(connection) = self.ready() {
            return Ok(connection);
        }
        if !self.is_http1.load(Ordering::Relaxed) {
            let timeout = self.connector.timeout;
            let lock = tokio::time::timeout(timeout, self.connecting.lock()).await;
            let _guard = lock.map_err(|_| format!("no connection within {timeout:?}"))?;
            if let Some(connection) = self.ready() {
                return Ok(connection);
            }
            if !self.is_http1.load(Ordering::Relaxed) {
                return self.connect().await;
            }
        }
        self.connect().await
    }

    /// Whether no connection is open.
    pub(super) fn is_empty(&self) -> bool {
        if self.http2().as_ref().is_some_and(|connection| connection.is_usable(self.idle_timeout)) {
            return false;
        }
        self.http1.is_empty()
    }

    fn ready(&self) -> Option<Connection> {
        if let Some(connection) = &*self.http2()
            && connection.is_usable(self.idle_timeout)
        {
            return Some(Connection::Http2(connection.clone()));
        }
        self.http1.take().map(Connection::Http1)
    }

    async fn connect(self: &Arc<Self>) -> Result<Connection, BoxError> {
        let stream = self.connector.connect(&self.endpoint).await?;
        if stream.is_http2() {
            let host = Arc::downgrade(self);
            let forget = move |streams: &_| {
                if let Some(host) = host.upgrade() {
                    host.forget_http2(|connection| connection.belongs_to(streams));
                }
            };
            let connection = http2::Connection::open(stream, self.idle_timeout, forget).await?;
            *self.http2() = Some(connection.clone());
            return Ok(Connection::Http2(connection));
        }
        self.is_http1.store(true, Ordering::Relaxed);
        Ok(Connection::Http1(http1::Connection::open(stream).await?))
    }

    pub(super) fn forget_http2(&self, is_it: impl Fn(&http2::Connection) -> bool) {
        let mut http2 = self.http2();
        // Dropped once it is unlocked: the connection may end with it.
        let _forgotten = http2.take_if(|connection| is_it(connection));
        drop(http2);
    }

    fn http2(&self) -> std::sync::MutexGuard<'_, Option<http2::Connection>> {
        self.http2.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
