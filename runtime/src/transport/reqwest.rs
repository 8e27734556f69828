//! The transport on reqwest: HTTP/1.1 and HTTPS with rustls.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use reqwest::Url;
use reqwest::redirect::Policy;

use super::{Body, Request, SendFuture, Transport, TransportError, tls};
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// Sends requests with a [`reqwest::Client`].
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// Of the client's endpoint, parsed once.
    base: OnceLock<(Endpoint, Url)>,
}

impl ReqwestTransport {
    /// A transport on a client of your own: a proxy, a private certificate, another TLS library.
    ///
    /// It must not follow redirects (`redirect::Policy::none()`), retry by itself, or decode
    /// compressed bodies.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self { client, base: OnceLock::new() }
    }

    /// The transport that a [`Client`](crate::Client) makes for itself: no redirects, retries,
    /// proxies, cookies or compression, and that long for a connection, TLS included.
    ///
    /// # Errors
    /// If the trust store of the system cannot be read.
    pub fn with_connect_timeout(connect_timeout: Duration) -> Result<Self> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::shared()?)
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

    /// The URL of a request. reqwest takes no other form than [`Url`], which could rewrite what
    /// was signed: then nothing is sent.
    fn url(&self, request: &Request<'_>) -> Result<Url, TransportError> {
        let (path, query) = match request.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (request.target, None),
        };
        let mut url = self.base(request.endpoint)?;
        url.set_path(path);
        url.set_query(query);
        let is_exact = url.path() == path && url.query() == query;
        if is_exact && url.authority() == request.endpoint.authority() {
            return Ok(url);
        }
        Err(TransportError::connect(
            "the URL library would send another request target than was signed",
        ))
    }

    fn base(&self, endpoint: &Endpoint) -> Result<Url, TransportError> {
        let parse = || Url::parse(endpoint.origin()).map_err(TransportError::connect);
        match self.base.get() {
            Some((known, url)) if known == endpoint => Ok(url.clone()),
            Some(_) => parse(),
            None => {
                let url = parse()?;
                Ok(self.base.get_or_init(|| (endpoint.clone(), url)).1.clone())
            }
        }
    }
}

impl Transport for ReqwestTransport {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        Box::pin(async move {
            let mut sent = reqwest::Request::new(request.method.clone(), self.url(&request)?);
            *sent.headers_mut() = request.headers;
            if !request.body.is_empty() {
                *sent.body_mut() = Some(request.body.into());
            } else if matches!(request.method, Method::POST | Method::PUT | Method::PATCH) {
                // RFC 9110, section 8.6; some servers answer 411 without it.
                sent.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            let answer = self.client.execute(sent).await.map_err(failure)?;
            let answer = http::Response::<reqwest::Body>::from(answer);
            Ok(answer.map(|body| Body::mapped(body, failure)))
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

/// The URL holds arguments, which an error does not show.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    match error.is_connect() {
        true => TransportError::connect(error),
        false => TransportError::interrupted(error),
    }
}
