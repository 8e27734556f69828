//! The HTTP library that sends requests: a trait, and the implementations on reqwest and hyper.

mod body;
#[cfg(feature = "reqwest")]
mod endpoint_cache;
#[cfg(any(feature = "hyper", all(feature = "http2", feature = "reqwest")))]
mod http2;
#[cfg(feature = "hyper")]
mod hyper;
mod options;
#[cfg_attr(
    not(any(feature = "reqwest", feature = "hyper")),
    allow(dead_code, reason = "only the built-in transports connect")
)]
mod proxy;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod tls;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderMap, Method};

pub use body::Body;
pub(crate) use body::ReadBodyError;
pub use options::TransportOptions;

#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
use crate::endpoint::Endpoint;

/// A response: status, headers and a body that is still to be read.
pub type Response = http::Response<Body>;

/// Sends one request and returns its response.
///
/// A transport makes one attempt and nothing more: no retry, no redirect, no cookie. It sends
/// [`Request::target`] byte for byte, since signatures cover it. Dropping the future of
/// [`send`](Self::send) abandons the request.
///
/// ```
/// use acs_rest::transport::{Body, Request, Response, SendFuture, Transport};
///
/// /// Answers every request with the same JSON.
/// #[derive(Debug)]
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
///         assert_eq!(request.method(), "POST");
///         Box::pin(async { Ok(Response::new(Body::from(self.0))) })
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends `request`; the caller reads the body of the response later.
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a>;

    /// Opens a connection to `endpoint` ahead of the first request. By default it does nothing.
    fn preconnect<'a>(
        &'a self,
        endpoint: &'a Endpoint,
    ) -> Pin<Box<dyn Future<Output = Result<(), TransportError>> + Send + 'a>> {
        let _ = endpoint;
        Box::pin(async { Ok(()) })
    }
}

/// The future of [`Transport::send`].
pub type SendFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send + 'a>>;

/// One HTTP request, as it goes on the wire.
pub struct Request<'a> {
    method: Method,
    endpoint: &'a Endpoint,
    target: &'a str,
    headers: HeaderMap,
    body: Bytes,
}

impl<'a> Request<'a> {
    /// Makes a request. `target` is path and query, percent-encoded; `headers` are all but `Host`
    /// and `Content-Length`; an empty `body` is no body.
    pub fn new(
        method: Method,
        endpoint: &'a Endpoint,
        target: &'a str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        Self { method, endpoint, target, headers, body }
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns where to connect to; its [authority](Endpoint::authority) is the `Host`.
    pub fn endpoint(&self) -> &'a Endpoint {
        self.endpoint
    }

    /// Returns path and query, percent-encoded: the request target (RFC 9112, section 3.2.1).
    pub fn target(&self) -> &'a str {
        self.target
    }

    /// Returns all headers but `Host` and `Content-Length`, which the transport writes.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the headers, to add to them.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Returns the body; it is empty if there is none.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns method, headers and body.
    pub fn into_parts(self) -> (Method, HeaderMap, Bytes) {
        (self.method, self.headers, self.body)
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither target nor body: they hold arguments.
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// Why a request got no response, or a body could not be read to its end.
#[derive(Debug)]
pub struct TransportError {
    nothing_sent: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// Reports that nothing of the request was sent: it is safe to send it again.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { nothing_sent: true, source: source.into() }
    }

    /// Reports that the connection broke: the service may have received the request.
    pub fn interrupted(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { nothing_sent: false, source: source.into() }
    }

    pub(crate) fn nothing_sent(&self) -> bool {
        self.nothing_sent
    }

    /// The cause, which the error of a call reports instead of this one.
    pub(crate) fn into_source(self) -> Box<dyn StdError + Send + Sync> {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.nothing_sent {
            true => "could not connect",
            false => "the connection broke",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
