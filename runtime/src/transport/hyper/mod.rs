//! The transport on hyper and h2, with rustls.

mod connector;
mod host;
mod http1;
mod http2;
mod outgoing;
mod stream;
mod tcp;
mod tunnel;

use std::fmt;
use std::future::Future;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use self::connector::Connector;
use self::host::{Connection, Host};
use self::outgoing::Outgoing;
use super::body::Body;
use super::error::TransportError;
use super::options::TransportOptions;
use super::request::Request;
use super::send::{Response, SendFuture, Transport};
use crate::endpoint::Endpoint;
use crate::error::Result;

/// The number of endpoints above which those without a connection are removed.
const REMEMBERED_HOSTS: usize = 16;
/// The number of connections after which a server that closes each of them is given up.
const MAX_CONNECTIONS: usize = 64;

/// Sends requests with hyper (HTTP/1.1) and h2 (HTTP/2), for less than half the instructions of
/// reqwest.
///
/// - If a host has several addresses, the first one that accepts a connection is used. While an
///   attempt is pending, the next address is tried in addition after 250 ms ([RFC 8305]).
/// - HTTP/2: each endpoint has one connection, regardless of the number of requests. A request
///   waits for a free stream within the connect timeout. While requests are open, a `PING` every
///   10 seconds detects a dead connection. h2 limits response headers to 32 KiB, and the rates of
///   `SETTINGS`, `PING`, `RST_STREAM` and `CONTINUATION` frames.
/// - HTTP/1.1: an idle connection is checked before a request is written to it. If the server has
///   closed it, the request is sent on another connection.
///
/// ```
/// use acs_rest::{Client, UserToken};
///
/// let client = Client::builder("https://contoso.communication.azure.com", UserToken::new("eyJ"))
///     .hyper()
///     .build()?;
/// # Ok::<(), acs_rest::Error>(())
/// ```
///
/// [RFC 8305]: https://www.rfc-editor.org/rfc/rfc8305
#[derive(Clone)]
pub struct HyperTransport {
    hosts: Arc<Hosts>,
}

/// The endpoints to which requests were sent.
struct Hosts {
    connector: Arc<Connector>,
    idle_timeout: Duration,
    /// The first endpoint, which is usually the only one.
    first: OnceLock<Arc<Host>>,
    others: Mutex<Vec<Arc<Host>>>,
}

impl HyperTransport {
    /// Creates a transport with the default options except for the connect timeout.
    ///
    /// # Errors
    /// If the trust store cannot be read.
    pub fn with_connect_timeout(connect_timeout: Duration) -> Result<Self> {
        Self::with_options(TransportOptions::new().connect_timeout(connect_timeout))
    }

    /// Creates a transport with the given options and its own connection pool.
    ///
    /// # Errors
    /// If an option is invalid, or the trust store cannot be read.
    pub fn with_options(options: TransportOptions) -> Result<Self> {
        let idle_timeout = options.pool_idle_timeout;
        let hosts = Hosts {
            connector: Arc::new(Connector::new(options)?),
            idle_timeout,
            first: OnceLock::new(),
            others: Mutex::default(),
        };
        Ok(Self { hosts: Arc::new(hosts) })
    }
}

impl Hosts {
    fn get(&self, endpoint: &Endpoint) -> Result<Arc<Host>, TransportError> {
        let create = || {
            let host = Host::new(endpoint, Arc::clone(&self.connector), self.idle_timeout);
            host.map(Arc::new).map_err(TransportError::connect)
        };
        let first = match self.first.get() {
            Some(first) => first,
            None => {
                let created = create()?;
                self.first.get_or_init(|| created)
            }
        };
        if first.endpoint == *endpoint {
            return Ok(Arc::clone(first));
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = others.iter().find(|host| host.endpoint == *endpoint) {
            return Ok(Arc::clone(host));
        }
        if others.len() >= REMEMBERED_HOSTS {
            others.retain(|host| !host.is_empty());
        }
        let created = create()?;
        others.push(Arc::clone(&created));
        Ok(created)
    }
}

impl Transport for HyperTransport {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        Box::pin(async move {
            let host = self.hosts.get(request.endpoint())?;
            send(&host, request.try_into().map_err(TransportError::connect)?).await
        })
    }

    fn preconnect<'a>(
        &'a self,
        endpoint: &'a Endpoint,
    ) -> Pin<Box<dyn Future<Output = Result<(), TransportError>> + Send + 'a>> {
        Box::pin(async move {
            let host = self.hosts.get(endpoint)?;
            match host.connection().await.map_err(TransportError::connect)? {
                Connection::Http1(mut connection) => {
                    connection.ready().await.map_err(TransportError::connect)?;
                    host.http1.put_when_ready(connection);
                }
                // The host holds it already.
                Connection::Http2(_) => {}
            }
            Ok(())
        })
    }
}

/// Sends a request on the first connection that accepts it.
async fn send(host: &Arc<Host>, mut request: Outgoing) -> Result<Response, TransportError> {
    for _ in 0..MAX_CONNECTIONS {
        request = match host.connection().await.map_err(TransportError::connect)? {
            Connection::Http1(connection) => match send_http1(host, connection, request).await? {
                ControlFlow::Break(response) => return Ok(response),
                ControlFlow::Continue(request) => request,
            },
            Connection::Http2(connection) => match send_http2(host, connection, request).await? {
                ControlFlow::Break(response) => return Ok(response),
                ControlFlow::Continue(request) => request,
            },
        };
    }
    Err(TransportError::connect("the server closed each connection before a request was written"))
}

/// Returns the request if the connection was closed before the request was written.
async fn send_http1(
    host: &Arc<Host>,
    connection: http1::Connection,
    request: Outgoing,
) -> Result<ControlFlow<Response, Outgoing>, TransportError> {
    if connection.may_be_closed() {
        // Lets the runtime report what has arrived meanwhile.
        tokio::task::yield_now().await;
        if connection.is_closed() {
            return Ok(ControlFlow::Continue(request));
        }
    }
    let is_reused = connection.is_reused();
    let body = request.body.clone();
    // The headers are copied only after an idle time.
    let copy = connection.may_be_closed().then(|| request.clone());
    match http1::send(connection, request.into_http1(host), &host.http1).await {
        Ok(response) => Ok(ControlFlow::Break(response.map(Body::new))),
        Err(http1::Failure::Interrupted(error)) => Err(TransportError::interrupted(error)),
        Err(http1::Failure::Unsent { error, request }) => {
            let unsent = copy.or_else(|| request.and_then(|it| Outgoing::from_http1(*it, body)));
            let unsent = unsent.filter(|_| is_reused);
            unsent.map(ControlFlow::Continue).ok_or_else(|| TransportError::connect(error))
        }
    }
}

/// Hands the request back if the connection accepts no more requests.
async fn send_http2(
    host: &Arc<Host>,
    mut connection: http2::Connection,
    request: Outgoing,
) -> Result<ControlFlow<Response, Outgoing>, TransportError> {
    let Some(slot) = connection.reserve(host.connector.timeout).await? else {
        host.forget_http2(|known| known.is_same(&connection));
        return Ok(ControlFlow::Continue(request));
    };
    let body = request.body.clone();
    let head = request.into_http2(host).map_err(TransportError::connect)?;
    let response = connection.send(head, body, slot).await?;
    Ok(ControlFlow::Break(response.map(Body::new)))
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HyperTransport")
    }
}
