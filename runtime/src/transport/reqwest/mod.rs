//! The transport on reqwest, with rustls.

mod idle_time;
mod shared_connection;

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderMap, HeaderValue, Method};
use reqwest::Url;
use reqwest::redirect::Policy;
use rustls::ClientConfig;

use self::idle_time::IdleTime;
use self::shared_connection::SharedConnection;
use super::body::Body;
use super::endpoint_cache::EndpointCache;
use super::error::TransportError;
use super::options::TransportOptions;
use super::request::Request;
use super::send::{Response, SendFuture, Transport};
use super::tls;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// Sends requests with a [`reqwest::Client`].
///
/// - If a host has several addresses, they share the connect timeout equally. If it has IPv6 and
///   IPv4 addresses, both families are tried in parallel after 300 ms.
/// - HTTP/2 (with the feature `http2`): each endpoint has one connection with up to 1,000
///   concurrent requests. Further requests wait within the connect timeout. Requests beyond the
///   server's limit of concurrent streams wait within hyper; if such a request times out, its
///   outcome is unknown. While requests are open, a `PING` every 10 seconds detects a dead
///   connection.
/// - HTTP/1.1: a connection that the server has closed is not used if the runtime has reported
///   the close. If the server closes a connection while a request is being sent, the outcome of
///   the request is unknown.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    base: EndpointCache<Base>,
    /// `None` if HTTP/2 is not offered.
    shared: Option<Arc<SharedConnection>>,
    connect_timeout: Duration,
    idle: Arc<IdleTime>,
}

/// The state that all requests to an endpoint share.
#[derive(Clone)]
struct Base {
    url: Url,
    /// Created once, since hyper would otherwise write it for each request.
    host: HeaderValue,
}

impl ReqwestTransport {
    /// Creates a transport with the default options except for the connect timeout.
    ///
    /// # Errors
    /// If the trust store of the system cannot be read.
    pub fn with_connect_timeout(connect_timeout: Duration) -> Result<Self> {
        Self::with_options(TransportOptions::new().connect_timeout(connect_timeout))
    }

    /// Creates the transport that a [`Client`](crate::Client) uses by default: no redirects,
    /// retries, cookies or compression.
    ///
    /// # Errors
    /// If an option is invalid, or the trust store of the system cannot be read.
    pub fn with_options(options: TransportOptions) -> Result<Self> {
        Self::from_builder(reqwest::Client::builder(), options)
    }

    /// Creates a transport from a client builder, for settings that [`TransportOptions`] does not
    /// offer, such as a local address or a DNS resolver.
    ///
    /// The options override those of the builder, including TLS. The transport disables redirects,
    /// retries and `Referer` and then builds the client: a redirect would send the body to another
    /// host, and a retry could execute an operation twice.
    ///
    /// ```
    /// use acs_rest::transport::{ReqwestTransport, TransportOptions};
    ///
    /// let builder = reqwest::Client::builder().local_address(Some([127, 0, 0, 1].into()));
    /// let transport = ReqwestTransport::from_builder(builder, TransportOptions::new())?;
    /// # Ok::<(), acs_rest::Error>(())
    /// ```
    ///
    /// # Errors
    /// If an option is invalid, or the client cannot be built.
    pub fn from_builder(
        builder: reqwest::ClientBuilder,
        options: TransportOptions,
    ) -> Result<Self> {
        let offers_http2 = cfg!(feature = "http2") && !options.http1_only;
        let tls = tls::config(&options, offers_http2)?;
        let mut builder = builder
            .tls_backend_preconfigured(ClientConfig::clone(&tls))
            .connect_timeout(options.connect_timeout)
            .pool_idle_timeout(options.pool_idle_timeout)
            .redirect(Policy::none())
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .referer(false)
            .no_proxy();
        if options.pool_idle_timeout.is_zero() {
            builder = builder.pool_max_idle_per_host(0);
        }
        if let Some(proxy) = &options.proxy {
            proxy.check()?;
            builder = builder.proxy(proxy.for_reqwest()?);
        }
        for (host, addresses) in &options.resolved {
            builder = builder.resolve_to_addrs(host, addresses);
        }
        builder = if offers_http2 { http2(builder) } else { builder.http1_only() };
        let client = builder.build().map_err(|error| {
            Error::configuration("the HTTP client cannot be built").with_source(error)
        })?;
        Ok(Self {
            client,
            base: EndpointCache::new(),
            shared: offers_http2.then(|| Arc::new(SharedConnection::new())),
            connect_timeout: options.connect_timeout,
            idle: Arc::new(IdleTime::new()),
        })
    }

    /// What the calls to an endpoint may have in common.
    fn shared(&self, endpoint: &Endpoint) -> Option<&SharedConnection> {
        self.shared.as_deref().filter(|_| endpoint.scheme() == "https")
    }

    fn reqwest_request(&self, request: Request<'_>) -> Result<reqwest::Request, TransportError> {
        let (url, host) = self.addressed(&request)?;
        let (method, headers, body) = request.into_parts();
        let has_length = matches!(method, Method::POST | Method::PUT | Method::PATCH);
        let mut sent = reqwest::Request::new(method, url);
        *sent.headers_mut() = headers;
        sent.headers_mut().insert(HOST, host);
        if !body.is_empty() {
            *sent.body_mut() = Some(body.into());
        } else if has_length {
            // RFC 9110, section 8.6; some servers answer 411 without it.
            sent.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(sent)
    }

    /// The URL of a request and its `Host`. reqwest accepts only a [`Url`], which could rewrite the
    /// signed target: nothing is sent then.
    fn addressed(&self, request: &Request<'_>) -> Result<(Url, HeaderValue), TransportError> {
        let (endpoint, target) = (request.endpoint(), request.target());
        let base = self.base.get_or_try_init(endpoint, Base::of)?;
        let url = match target.starts_with("//") {
            // In a relative reference, an authority would follow (RFC 3986, section 4.2).
            true => Url::parse(&format!("{}{target}", endpoint.origin())),
            false => base.url.join(target),
        };
        let url = url.map_err(TransportError::connect)?;
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let is_exact = url.path() == path && url.query() == query && url.fragment().is_none();
        if is_exact && url.authority() == endpoint.authority() {
            return Ok((url, base.host.clone()));
        }
        Err(TransportError::connect(
            "the URL library would send another request target than was signed",
        ))
    }
}

impl Base {
    fn of(endpoint: &Endpoint) -> Result<Self, TransportError> {
        let url = Url::parse(endpoint.origin()).map_err(TransportError::connect)?;
        let host = endpoint.authority().parse().map_err(TransportError::connect)?;
        Ok(Self { url, host })
    }
}

impl Transport for ReqwestTransport {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let shared = self.shared(request.endpoint());
        // Outside the future, which would store the request twice.
        let request = match self.reqwest_request(request) {
            Ok(request) => request,
            Err(error) => return Box::pin(ready(Err(error))),
        };
        Box::pin(async move {
            self.idle.poll_idle_connections().await;
            let _permit = match shared {
                Some(shared) => shared.permit(self.connect_timeout).await,
                None => Ok(None),
            }
            .map_err(TransportError::connect)?;
            let answer = self.client.execute(request).await;
            self.idle.used();
            match (shared, &answer) {
                (Some(shared), Ok(answer)) => shared.on_response(answer.version()),
                (Some(shared), Err(error)) if is_of_connection(error) => {
                    shared.on_connection_lost();
                }
                _ => {}
            }
            Ok(response(answer.map_err(failure)?))
        })
    }

    /// reqwest opens a connection for a request only. This one has neither a credential nor a
    /// body, and any response will do.
    fn preconnect<'a>(
        &'a self,
        endpoint: &'a Endpoint,
    ) -> Pin<Box<dyn Future<Output = Result<(), TransportError>> + Send + 'a>> {
        let (headers, body) = (HeaderMap::new(), Bytes::new());
        let request = Request::new(Method::OPTIONS, endpoint, "/", headers, body);
        Box::pin(async move {
            let mut body = self.send(request).await?.into_body();
            // Read to its end; otherwise the connection could not be reused.
            while let Some(chunk) = body.next().await {
                chunk?;
            }
            Ok(())
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

/// The parts we need: `http::Response::from` would box the URL and more.
fn response(mut answer: reqwest::Response) -> Response {
    let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
    let mut response = Response::new(Body::mapped(reqwest::Body::from(answer), body_failure));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The URL holds arguments, which an error does not show.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    match error.is_connect() || is_unsent(&error) {
        true => TransportError::connect(error),
        false => TransportError::interrupted(error),
    }
}

/// Part of a response has been read, and so the request has been sent.
fn body_failure(error: reqwest::Error) -> TransportError {
    TransportError::interrupted(error.without_url())
}

/// Whether not a byte of the request was written, or the server has said that it did not process
/// the request.
fn is_unsent(error: &(dyn StdError + 'static)) -> bool {
    let mut errors = std::iter::successors(Some(error), |&error| error.source());
    errors.any(|error| {
        // hyper cancels what it has not started to write.
        error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled)
            || is_unprocessed(error)
    })
}

/// Whether the whole connection failed, and not one stream of it.
fn is_of_connection(error: &(dyn StdError + 'static)) -> bool {
    let mut errors = std::iter::successors(Some(error), |&error| error.source());
    !errors.any(is_reset)
}

#[cfg(feature = "http2")]
fn is_reset(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref().is_some_and(h2::Error::is_reset)
}

#[cfg(not(feature = "http2"))]
fn is_reset(_: &(dyn StdError + 'static)) -> bool {
    false
}

#[cfg(feature = "http2")]
fn is_unprocessed(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref().is_some_and(super::http2::is_unprocessed)
}

#[cfg(not(feature = "http2"))]
fn is_unprocessed(_: &(dyn StdError + 'static)) -> bool {
    false
}

#[cfg(feature = "http2")]
fn http2(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    use super::http2::{
        CONNECTION_WINDOW, MAX_HEADER_LIST, PING_INTERVAL, PING_TIMEOUT, STREAM_WINDOW,
    };
    client
        .http2_initial_stream_window_size(STREAM_WINDOW)
        .http2_initial_connection_window_size(CONNECTION_WINDOW)
        .http2_max_header_list_size(MAX_HEADER_LIST)
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
}

#[cfg(not(feature = "http2"))]
fn http2(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client
}
