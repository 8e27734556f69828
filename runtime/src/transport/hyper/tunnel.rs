//! The tunnel through a proxy (RFC 9110, section 9.3.6).

use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Method, Request};
use http_body_util::Empty;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;

use super::stream::{BoxError, Stream};

/// Asks the proxy at the other end of `stream` for a tunnel to `authority`, a host and a port.
pub(super) async fn open(
    stream: Stream,
    authority: &str,
    authorization: Option<&HeaderValue>,
) -> Result<Stream, BoxError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection.with_upgrades());
    let response = sender.send_request(request(authority, authorization)?).await?;
    if !response.status().is_success() {
        return Err(format!("the proxy answered `CONNECT` with {}", response.status()).into());
    }
    let tunnel = hyper::upgrade::on(response).await?;
    let tunnel =
        tunnel.downcast::<TokioIo<Stream>>().map_err(|_| "another connection came back")?;
    if !tunnel.read_buf.is_empty() {
        return Err("the proxy sent data before the client did".into());
    }
    Ok(tunnel.io.into_inner())
}

fn request(
    authority: &str,
    authorization: Option<&HeaderValue>,
) -> Result<Request<Empty<Bytes>>, http::Error> {
    let mut request = Request::builder().method(Method::CONNECT).uri(authority);
    if let Some(authorization) = authorization {
        request = request.header(PROXY_AUTHORIZATION, authorization);
    }
    request.header(HOST, authority).body(Empty::new())
}
