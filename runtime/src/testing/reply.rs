//! The replies of the stub.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::json;

use crate::transport::{Body, Response, TransportError};

/// A reply of a [`StubTransport`](super::StubTransport).
///
/// ```
/// use acs_rest::testing::Reply;
///
/// let accepted = Reply::status(202).header("operation-location", "/emails/operations/7");
/// ```
#[derive(Clone, Debug)]
pub struct Reply(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Response { status: StatusCode, headers: Vec<(HeaderName, HeaderValue)>, body: Bytes },
    NotSent,
    Interrupted,
}

impl Reply {
    /// Creates a response with a status and no body.
    ///
    /// # Panics
    /// If the status is not from 100 to 999.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("a status is from 100 to 999");
        Self(Kind::Response { status, headers: Vec::new(), body: Bytes::new() })
    }

    /// Creates a response with a body and its content type.
    #[must_use]
    pub fn body(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::status(status).header(CONTENT_TYPE.as_str(), content_type);
        if let Kind::Response { body: empty, .. } = &mut reply.0 {
            *empty = body.into();
        }
        reply
    }

    /// Creates a response with a value as JSON: a model, or `serde_json::json!({..})`.
    ///
    /// # Panics
    /// If the value cannot be written as JSON.
    #[must_use]
    pub fn json(status: u16, value: &(impl Serialize + ?Sized)) -> Self {
        let json = serde_json::to_vec(value).expect("the value of a reply is JSON");
        Self::body(status, "application/json", json)
    }

    /// Creates an error response in the format of ACS.
    #[must_use]
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, &json!({ "error": { "code": code, "message": message } }))
    }

    /// Simulates a connection that could not be opened: nothing was sent.
    #[must_use]
    pub fn not_sent() -> Self {
        Self(Kind::NotSent)
    }

    /// Simulates a connection that broke: the service may have received the request.
    #[must_use]
    pub fn interrupted() -> Self {
        Self(Kind::Interrupted)
    }

    /// Adds a header to the response.
    ///
    /// # Panics
    /// If the name or the value is not valid in a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = name.parse().unwrap_or_else(|_| panic!("`{name}` is not a header name"));
        let value = value.parse().unwrap_or_else(|_| panic!("`{value}` is not a header value"));
        if let Kind::Response { headers, .. } = &mut self.0 {
            headers.push((name, value));
        }
        self
    }

    pub(super) fn into_response(self) -> Result<Response, TransportError> {
        match self.0 {
            Kind::NotSent => Err(TransportError::connect("the stub opens no connection")),
            Kind::Interrupted => Err(TransportError::interrupted("the stub broke the connection")),
            Kind::Response { status, headers, body } => {
                let mut response = Response::new(Body::from(body));
                *response.status_mut() = status;
                response.headers_mut().extend(headers);
                Ok(response)
            }
        }
    }
}
