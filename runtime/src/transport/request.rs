//! The request that a transport sends.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::endpoint::Endpoint;

/// One HTTP request, as it is sent.
pub struct Request<'a> {
    method: Method,
    endpoint: &'a Endpoint,
    target: &'a str,
    headers: HeaderMap,
    body: Bytes,
}

impl<'a> Request<'a> {
    /// Creates a request. `target` is the percent-encoded path and query. `headers` are all headers
    /// except `Host` and `Content-Length`. If `body` is empty, the request has no body.
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

    /// Returns the endpoint to connect to. Its [authority](Endpoint::authority) is the `Host`
    /// header.
    pub fn endpoint(&self) -> &'a Endpoint {
        self.endpoint
    }

    /// Returns the request target (RFC 9112, section 3.2.1): the percent-encoded path and query.
    pub fn target(&self) -> &'a str {
        self.target
    }

    /// Returns all headers except `Host` and `Content-Length`, which the transport writes.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a mutable reference to the headers.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Returns the body; it is empty if there is none.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the method, the headers and the body.
    pub fn into_parts(self) -> (Method, HeaderMap, Bytes) {
        (self.method, self.headers, self.body)
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Shows neither the target nor the body, which contain arguments.
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
