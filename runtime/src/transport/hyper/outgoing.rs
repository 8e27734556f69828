//! A request that is about to be sent, for either protocol.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method, Uri, Version};
use http_body_util::Full;

use super::host::Host;
use crate::transport::request::Request;

#[derive(Clone)]
pub(super) struct Outgoing {
    method: Method,
    target: PathAndQuery,
    headers: HeaderMap,
    pub(super) body: Bytes,
}

impl TryFrom<Request<'_>> for Outgoing {
    type Error = http::Error;

    fn try_from(request: Request<'_>) -> Result<Self, http::Error> {
        let target = PathAndQuery::try_from(request.target())?;
        let (method, mut headers, body) = request.into_parts();
        if body.is_empty() && matches!(method, Method::POST | Method::PUT | Method::PATCH) {
            // RFC 9110, section 8.6; some servers answer 411 without it.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(Self { method, target, headers, body })
    }
}

impl Outgoing {
    /// Undoes [`into_http1`](Self::into_http1).
    pub(super) fn from_http1(request: http::Request<Full<Bytes>>, body: Bytes) -> Option<Self> {
        let (mut head, _) = request.into_parts();
        head.headers.remove(HOST);
        let target = head.uri.into_parts().path_and_query?;
        Some(Self { method: head.method, target, headers: head.headers, body })
    }

    pub(super) fn into_http1(self, host: &Host) -> http::Request<Full<Bytes>> {
        let mut request = http::Request::new(Full::new(self.body));
        *request.method_mut() = self.method;
        *request.uri_mut() = Uri::from(self.target);
        *request.headers_mut() = self.headers;
        request.headers_mut().insert(HOST, host.host.clone());
        request
    }

    /// The head of the request; the body follows as data.
    pub(super) fn into_http2(self, host: &Host) -> Result<http::Request<()>, http::Error> {
        let uri = Uri::builder().scheme(host.scheme.clone()).authority(host.authority.clone());
        let uri = uri.path_and_query(self.target).build()?;
        let mut request = http::Request::new(());
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.version_mut() = Version::HTTP_2;
        *request.headers_mut() = self.headers;
        if !self.body.is_empty() {
            request.headers_mut().insert(CONTENT_LENGTH, self.body.len().into());
        }
        Ok(request)
    }
}
