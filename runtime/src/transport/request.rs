//! The request that a transport sends.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::endpoint::Endpoint;

/// One HTTP request, as it goes on the wire.
pub struct Request<'a> {
    method: Method,
    endpoint: &'a Endpoint,
    target: &'a str,
    headers: HeaderMap,
    body: Bytes,
}

impl<'a> Request<'a> {
    /// Creates a request. `target` is path and query, percent-encoded; `headers` are all but `Host`
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

    /// Returns the endpoint to connect to; its [authority](Endpoint::authority) is the `Host`.
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

    /// Returns the headers for modification.
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
