//! The trait of a transport.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::body::Body;
use super::error::TransportError;
use super::request::Request;
use crate::endpoint::Endpoint;

/// A response: the status, the headers and the body, which has not been read yet.
pub type Response = http::Response<Body>;

/// Sends requests and returns their responses.
///
/// A transport makes one attempt per request. It does not retry, follow redirects or store cookies.
/// It sends [`Request::target`] byte for byte, since signatures cover it. Dropping the future of
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
    /// Sends a request and returns its response, whose body the caller reads.
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a>;

    /// Opens a connection to `endpoint` before the first request. The default implementation does
    /// nothing.
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
