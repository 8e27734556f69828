//! The transport on hyper-util: HTTP/1.1 and HTTPS with rustls, and nothing in between.

mod connector;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderValue, Method, Uri};
use http_body_util::Full;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use self::connector::Connector;
use super::known::Known;
use super::{Body, Request, SendFuture, Transport, TransportError, tls};
use crate::endpoint::Endpoint;
use crate::error::Result;

/// How often an idle TCP connection is probed.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Sends requests with hyper-util's pooled client: half the instructions of reqwest.
///
/// ```
/// # use std::time::Duration;
/// use acs_rest_runtime::transport::HyperTransport;
/// use acs_rest_runtime::{Client, UserToken};
///
/// let transport = HyperTransport::with_connect_timeout(Duration::from_secs(10))?;
/// let client = Client::builder("https://contoso.communication.azure.com", UserToken::new("eyJ"))
///     .transport(transport)
///     .build()?;
/// # Ok::<(), acs_rest_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct HyperTransport {
    client: Client<Connector<HttpsConnector<HttpConnector>>, Full<Bytes>>,
    base: Known<Base>,
}

/// What all requests to an endpoint have in common.
#[derive(Clone)]
struct Base {
    scheme: Scheme,
    authority: Authority,
    host: HeaderValue,
}

impl HyperTransport {
    /// A transport with a pool of its own; `connect_timeout` includes TLS.
    ///
    /// # Errors
    /// If the trust store cannot be read.
    pub fn with_connect_timeout(connect_timeout: Duration) -> Result<Self> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_keepalive(Some(KEEPALIVE));
        let connector = HttpsConnector::from((http, tls::shared()?));
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(Connector::new(connector, connect_timeout));
        Ok(Self { client, base: Known::nothing() })
    }

    fn request(&self, request: Request<'_>) -> Result<http::Request<Full<Bytes>>, http::Error> {
        let base = self.base.of(request.endpoint, Base::of)?;
        let target = PathAndQuery::try_from(request.target)?;
        let uri = Uri::builder().scheme(base.scheme).authority(base.authority);
        let uri = uri.path_and_query(target).build()?;
        let is_empty = request.body.is_empty();
        let mut sent = http::Request::new(Full::new(request.body));
        *sent.headers_mut() = request.headers;
        sent.headers_mut().insert(HOST, base.host);
        if is_empty && matches!(request.method, Method::POST | Method::PUT | Method::PATCH) {
            // RFC 9110, section 8.6; some servers answer 411 without it.
            sent.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        *sent.method_mut() = request.method;
        *sent.uri_mut() = uri;
        Ok(sent)
    }
}

impl Base {
    fn of(endpoint: &Endpoint) -> Result<Self, http::Error> {
        Ok(Self {
            scheme: endpoint.scheme().parse()?,
            authority: endpoint.authority().parse()?,
            host: endpoint.authority().parse()?,
        })
    }
}

impl Transport for HyperTransport {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let sent = self.request(request);
        Box::pin(async move {
            let answer = self.client.request(sent.map_err(TransportError::connect)?);
            let answer = answer.await.map_err(failure)?;
            Ok(answer.map(|body| Body::mapped(body, TransportError::interrupted)))
        })
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HyperTransport")
    }
}

fn failure(error: ClientError) -> TransportError {
    match error.is_connect() {
        true => TransportError::connect(error),
        false => TransportError::interrupted(error),
    }
}
