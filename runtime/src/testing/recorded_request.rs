//! A request that the stub received.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use crate::transport::Request;

/// A request that a [`StubTransport`](super::StubTransport) received.
#[derive(Clone)]
pub struct RecordedRequest {
    method: Method,
    target: String,
    headers: HeaderMap,
    body: Bytes,
}

impl RecordedRequest {
    pub(super) fn of(request: &Request<'_>) -> Self {
        Self {
            method: request.method().clone(),
            target: request.target().to_owned(),
            headers: request.headers().clone(),
            body: request.body().clone(),
        }
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the percent-encoded path and query.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns the percent-encoded path.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Returns the decoded first value of a query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.target.split_once('?')?;
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(own, _)| percent_decode_str(own).eq(name.bytes()))?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    }

    /// Returns the first value of a header, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body; it is empty if there is none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    /// If the body is not the JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.body)
    }
}

/// Shows neither the headers nor the body, which may contain secrets.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}
