//! The recorded requests, for tests.

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::request::Request;
use crate::route::Route;

/// A request that the emulator answered.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// # use tokio::io::{AsyncReadExt, AsyncWriteExt};
/// let emulator = acs_rest_emulator::Emulator::start().await;
/// # let mut stream = tokio::net::TcpStream::connect(&emulator.endpoint()[7..]).await?;
/// # stream.write_all(b"GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await?;
/// # stream.read_to_end(&mut Vec::new()).await?;
/// // … a client sends `GET /nowhere` without credentials …
/// let requests = emulator.requests();
/// assert_eq!(requests[0].target(), "/nowhere");
/// assert_eq!(requests[0].header("authorization"), None);
/// assert_eq!(requests[0].status(), 401);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct RecordedRequest {
    request: Arc<Request>,
    status: u16,
}

impl RecordedRequest {
    /// Keeps only a prefix of the body of an unauthenticated request.
    pub(crate) fn new(request: Arc<Request>, status: u16) -> Self {
        const UNKNOWN_BYTES: usize = 1024;
        let request = match status {
            401 if request.body.len() > UNKNOWN_BYTES => {
                Arc::new(request.with_body_prefix(UNKNOWN_BYTES))
            }
            _ => request,
        };
        Self { request, status }
    }

    /// About how many bytes of memory it holds.
    pub(crate) fn size(&self) -> usize {
        const OVERHEAD: usize = 512;
        let headers = self.headers().map(|(name, value)| name.len() + value.len() + 64);
        OVERHEAD + self.target().len() + self.body().len() + headers.sum::<usize>()
    }

    pub(crate) fn to_json(&self) -> Value {
        let operation = Route::find(&self.request.method, self.request.path()).ok();
        json!({
            "method": self.method(),
            "target": self.target(),
            "operation": operation.map(|route| &route.operation.id),
            "status": self.status,
            "body": serde_json::from_slice::<Value>(self.body()).unwrap_or_default(),
        })
    }

    /// Returns the method, such as `POST`.
    pub fn method(&self) -> &str {
        self.request.method.as_str()
    }

    /// Returns path and query, byte for byte as sent.
    pub fn target(&self) -> &str {
        &self.request.target
    }

    /// Returns the value of a header that was sent exactly once; case makes no difference.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request.header(name)
    }

    /// Returns all headers by their names in lower case, including repeated ones.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.request.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    /// Returns the body, empty if there was none or it did not arrive completely; for a request
    /// that was answered with 401, the first 1,024 bytes.
    pub fn body(&self) -> &[u8] {
        &self.request.body
    }

    /// Returns the status of the response.
    pub fn status(&self) -> u16 {
        self.status
    }
}

impl fmt::Debug for RecordedRequest {
    /// Leaves out the credential and the body.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.request.headers.keys().map(|name| name.as_str()).collect();
        formatter
            .debug_struct("RecordedRequest")
            .field("method", &self.method())
            .field("target", &self.target())
            .field("headers", &names)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};
    use hyper::body::Bytes;

    use super::*;
    use crate::request::Scheme;

    #[test]
    fn a_credential_is_not_shown() {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", HeaderValue::from_static("Bearer secret"));
        let request = Request {
            scheme: Scheme::Http,
            method: Method::GET,
            target: "/a".to_owned(),
            headers,
            body: Bytes::from_static(b"secret"),
        };
        let recorded = RecordedRequest::new(Arc::new(request), 401);
        assert_eq!(recorded.header("Authorization"), Some("Bearer secret"));
        let shown = format!("{recorded:#?}");
        assert!(shown.contains("authorization") && !shown.contains("secret"), "{shown}");
    }

    #[test]
    fn little_of_an_unauthenticated_request_is_kept() {
        let request = Arc::new(Request {
            scheme: Scheme::Http,
            method: Method::POST,
            target: String::new(),
            headers: HeaderMap::new(),
            body: Bytes::from(vec![b' '; 1_000_000]),
        });
        let refused = RecordedRequest::new(request.clone(), 401);
        assert!(refused.body().len() == 1024 && refused.size() < 2048);
        assert_eq!(RecordedRequest::new(request, 404).body().len(), 1_000_000);
    }
}
