//! Connections to the program under test, with TLS for https and wss URLs.

use std::io;

use http::Uri;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::tls::TlsClient;

/// A connection, with or without TLS.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// Connects to the host of a URL.
#[derive(Clone, Debug)]
pub(crate) struct Connector {
    tls: TlsClient,
}

impl Connector {
    pub(crate) fn new(tls: TlsClient) -> Self {
        Self { tls }
    }

    /// For `https` and `wss` the certificate must be trusted.
    pub(crate) async fn connect(&self, uri: &Uri) -> io::Result<Box<dyn Duplex>> {
        let is_secure = matches!(uri.scheme_str(), Some("https" | "wss"));
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let port = uri.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        let stream = TcpStream::connect((host, port)).await?;
        stream.set_nodelay(true)?;
        Ok(match is_secure {
            true => Box::new(self.tls.connect(host, stream).await?),
            false => Box::new(stream),
        })
    }
}
