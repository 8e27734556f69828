//! The HTTP client that reaches the program under test.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::sync::Semaphore;

use self::pooled::PooledConnector;
use crate::connector::Connector;

mod pooled;

/// The maximum length of a response that is read, in bytes.
const RESPONSE_LIMIT: usize = 64 * 1024;

/// Sends requests and never follows a redirect. Clones share the connections.
#[derive(Clone, Debug)]
pub(crate) struct HttpClient {
    /// One for each request on its way.
    permits: Arc<Semaphore>,
    client: Client<PooledConnector, Full<Bytes>>,
}

/// The response of the program under test.
#[derive(Debug)]
pub(crate) struct HttpResponse {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl HttpClient {
    /// Has at most `requests` on their way at the same time: a server accepts only so many
    /// connections at once.
    pub(crate) fn new(connector: Connector, requests: usize) -> Self {
        let connector = PooledConnector::new(connector);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { permits: Arc::new(Semaphore::new(requests)), client }
    }

    /// Sends a request and reads the response up to a limit; an error if there is none within
    /// `max_wait`.
    pub(crate) async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&'static str, String)],
        body: Bytes,
        max_wait: Duration,
    ) -> Result<HttpResponse, String> {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(body)).map_err(|error| error.to_string())?;
        self.within(max_wait, self.exchange(request)).await
    }

    /// Downloads a file of at most `limit` bytes within `max_wait`.
    pub(crate) async fn download(
        &self,
        url: &str,
        limit: usize,
        max_wait: Duration,
    ) -> Result<Bytes, String> {
        let request = Request::get(url).body(Full::default()).map_err(|error| error.to_string())?;
        let download = async {
            let response = self.client.request(request).await.map_err(|error| reason(&error))?;
            if response.status() != StatusCode::OK {
                return Err(format!("the response has the status {}", response.status()));
            }
            let body = Limited::new(response.into_body(), limit).collect().await;
            let body = body.map_err(|error| match error.is::<LengthLimitError>() {
                true => format!("it is larger than {limit} bytes"),
                false => reason(&*error),
            })?;
            Ok(body.to_bytes())
        };
        self.within(max_wait, download).await
    }

    async fn within<T>(
        &self,
        max_wait: Duration,
        exchange: impl Future<Output = Result<T, String>>,
    ) -> Result<T, String> {
        let _permit = self.permits.acquire().await;
        let response = tokio::time::timeout(max_wait, exchange).await;
        response.map_err(|_| format!("no response within {} seconds", max_wait.as_secs()))?
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<HttpResponse, String> {
        let response = self.client.request(request).await.map_err(|error| reason(&error))?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, RESPONSE_LIMIT).collect().await;
        let body = body.map_or_else(|_| Bytes::new(), |body| body.to_bytes());
        Ok(HttpResponse { status: parts.status.as_u16(), headers: parts.headers, body })
    }
}

/// The text of an error and of those causes that add to it.
fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
