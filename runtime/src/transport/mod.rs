//! How bytes get to the service and back: a trait, so that the HTTP library can be replaced.

mod body;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod known;
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
pub(crate) use body::Unread;

#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
use crate::endpoint::Endpoint;

/// An answer: status, headers and a body still to be read.
pub type Response = http::Response<Body>;

/// Sends one request and brings its answer.
///
/// A transport does one try and nothing more: no retry, no redirect, no cookie. It sends
/// [`Request::target`] byte for byte, since signatures cover it. Dropping the future of
/// [`send`](Self::send) gives the request up.
///
/// ```
/// use acs_rest_runtime::transport::{Body, Request, Response, SendFuture, Transport};
///
/// /// Answers every request with the same JSON.
/// #[derive(Debug)]
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
///         assert_eq!(request.method, "POST");
///         Box::pin(async { Ok(Response::new(Body::from(self.0))) })
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends `request`; the answer's body is read later.
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a>;
}

/// The future of one try.
pub type SendFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send + 'a>>;

/// One HTTP request, as it goes on the wire.
pub struct Request<'a> {
    /// The method.
    pub method: Method,
    /// Where to connect to; its authority is the `Host`.
    pub endpoint: &'a Endpoint,
    /// Path and query, percent-encoded: the request target (RFC 9112, section 3.2.1).
    pub target: &'a str,
    /// All headers but `Host` and `Content-Length`.
    pub headers: HeaderMap,
    /// The body; empty if there is none.
    pub body: Bytes,
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

/// Why a try got no answer, or a body did not come to its end.
#[derive(Debug)]
pub struct TransportError {
    nothing_sent: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// No connection: not a byte of the request was sent, so that it is safe to try again.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { nothing_sent: true, source: source.into() }
    }

    /// The exchange broke off; what the service made of the request is not known.
    pub fn interrupted(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { nothing_sent: false, source: source.into() }
    }

    pub(crate) fn nothing_sent(&self) -> bool {
        self.nothing_sent
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.nothing_sent {
            true => "no connection",
            false => "the connection broke",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
