//! The transport on reqwest: HTTP/1.1 and HTTPS with rustls.

use std::fmt;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderValue, Method};
use reqwest::Url;
use reqwest::redirect::Policy;
use rustls::ClientConfig;

use super::known::Known;
use super::{Body, Request, Response, SendFuture, Transport, TransportError, tls};
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// Sends requests with a [`reqwest::Client`].
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    base: Known<Base>,
}

/// What all requests to an endpoint have in common.
#[derive(Clone)]
struct Base {
    url: Url,
    /// Made once: hyper would write it anew for each request.
    host: HeaderValue,
}

impl ReqwestTransport {
    /// A transport on a client of your own: a proxy, a private certificate, another TLS library.
    ///
    /// It must not follow redirects (`redirect::Policy::none()`), retry by itself, or decode
    /// compressed bodies.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self { client, base: Known::nothing() }
    }

    /// The transport that a [`Client`](crate::Client) makes for itself: no redirects, retries,
    /// proxies, cookies or compression, and that long for a connection, TLS included.
    ///
    /// # Errors
    /// If the trust store of the system cannot be read.
    pub fn with_connect_timeout(connect_timeout: Duration) -> Result<Self> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(ClientConfig::clone(tls::shared()?.as_ref()))
            .connect_timeout(connect_timeout)
            .redirect(Policy::none())
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .referer(false)
            .no_proxy()
            .http1_only()
            .build()
            .map_err(|error| {
                Error::configuration("the HTTP client cannot be built").with_source(error)
            })?;
        Ok(Self::new(client))
    }

    /// Where a request goes. reqwest takes no other form than [`Url`], which could rewrite what was
    /// signed: then nothing is sent.
    fn addressed(&self, request: &Request<'_>) -> Result<Base, TransportError> {
        let (path, query) = match request.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (request.target, None),
        };
        let Base { mut url, host } = self.base.of(request.endpoint, Base::of)?;
        url.set_path(path);
        url.set_query(query);
        let is_exact = url.path() == path && url.query() == query;
        if is_exact && url.authority() == request.endpoint.authority() {
            return Ok(Base { url, host });
        }
        Err(TransportError::connect(
            "the URL library would send another request target than was signed",
        ))
    }
}

impl Base {
    fn of(endpoint: &Endpoint) -> Result<Self, TransportError> {
        let url = Url::parse(endpoint.origin()).map_err(TransportError::connect)?;
        let host = endpoint.authority().parse().map_err(TransportError::connect)?;
        Ok(Self { url, host })
    }
}

impl Transport for ReqwestTransport {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        Box::pin(async move {
            let Base { url, host } = self.addressed(&request)?;
            let mut sent = reqwest::Request::new(request.method.clone(), url);
            *sent.headers_mut() = request.headers;
            sent.headers_mut().insert(HOST, host);
            if !request.body.is_empty() {
                *sent.body_mut() = Some(request.body.into());
            } else if matches!(request.method, Method::POST | Method::PUT | Method::PATCH) {
                // RFC 9110, section 8.6; some servers answer 411 without it.
                sent.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            let answer = self.client.execute(sent).await.map_err(failure)?;
            Ok(response(answer))
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

/// The parts we need: `http::Response::from` would box the URL and more.
fn response(mut answer: reqwest::Response) -> Response {
    let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
    let mut response = Response::new(Body::mapped(reqwest::Body::from(answer), failure));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The URL holds arguments, which an error does not show.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    match error.is_connect() {
        true => TransportError::connect(error),
        false => TransportError::interrupted(error),
    }
}
