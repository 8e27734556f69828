//! The response to a client.

use crate::body::Body;
use http::{HeaderName, HeaderValue, StatusCode};
use hyper::body::Bytes;
use serde_json::Value;

/// Status, headers and body of a response. A clone shares the body.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    status: StatusCode,
    headers: Vec<(&'static str, HeaderValue)>,
    body: Bytes,
}

impl Response {
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        let mut response = Self::empty(status);
        response.body = body.to_string().into();
        response.add_header("content-type", "application/json; charset=utf-8");
        response
    }

    pub(crate) fn bytes(status: StatusCode, content_type: &str, body: Bytes) -> Self {
        let mut response = Self::empty(status);
        response.body = body;
        response.add_header("content-type", content_type);
        response
    }

    /// The length of the body in bytes.
    pub(crate) fn length(&self) -> usize {
        self.body.len()
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// The message of an error.
    pub(crate) fn error_message(&self) -> Option<String> {
        if self.status.is_success() {
            return None;
        }
        let body: Value = serde_json::from_slice(&self.body).ok()?;
        Some(body["error"]["message"].as_str()?.to_owned())
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// Adds a header unless the response already has it; an invalid value is left out.
    pub(crate) fn add_header(&mut self, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
    }

    #[cfg(test)]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name)?.1.to_str().ok()
    }
}

impl From<Response> for http::Response<Body> {
    fn from(Response { status, headers, body }: Response) -> Self {
        let mut response = Self::new(Body::from(body));
        *response.status_mut() = status;
        response
            .headers_mut()
            .extend(headers.into_iter().map(|(n, v)| (HeaderName::from_static(n), v)));
        response
    }
}
