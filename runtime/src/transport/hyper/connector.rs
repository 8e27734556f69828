//! Connects to an endpoint: addresses, TCP, proxy, TLS.

use std::io::Result as IoResult;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::lookup_host;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::stream::{BoxError, Stream};
use super::{tcp, tunnel};
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::transport::options::TransportOptions;
use crate::transport::tls;

pub(super) struct Connector {
    tls: TlsConnector,
    /// Without ALPN: `CONNECT` is sent over HTTP/1.1.
    proxy_tls: TlsConnector,
    proxy: Option<Matcher>,
    resolved: Vec<(String, Vec<SocketAddr>)>,
    pub(super) timeout: Duration,
}

impl Connector {
    pub(super) fn new(options: TransportOptions) -> Result<Self> {
        let config = tls::config(&options, !options.http1_only)?;
        let mut proxy_config = ClientConfig::clone(&config);
        proxy_config.alpn_protocols.clear();
        let proxy = options.proxy.map(|proxy| proxy.check().map(|()| proxy.matcher()));
        Ok(Self {
            tls: config.into(),
            proxy_tls: Arc::new(proxy_config).into(),
            proxy: proxy.transpose()?,
            resolved: options.resolved,
            timeout: options.connect_timeout,
        })
    }

    /// Connects to the endpoint, through a proxy if one is set, and performs the TLS handshake if
    /// the endpoint is https.
    pub(super) async fn connect(&self, endpoint: &Endpoint) -> Result<Stream, BoxError> {
        let connecting = timeout(self.timeout, self.connect_without_limit(endpoint));
        connecting.await.unwrap_or_else(|_| {
            Err(format!("connecting took longer than {:?}", self.timeout).into())
        })
    }

    async fn connect_without_limit(&self, endpoint: &Endpoint) -> Result<Stream, BoxError> {
        let stream = match self.proxy_for(endpoint)? {
            Some(proxy) => self.connect_through(&proxy, endpoint).await?,
            None => self.tcp(endpoint.host(), endpoint.port()).await?,
        };
        match endpoint.scheme() {
            "https" => Ok(handshake(&self.tls, endpoint.host(), stream).await?),
            _ => Ok(stream),
        }
    }

    fn proxy_for(&self, endpoint: &Endpoint) -> Result<Option<Intercept>, BoxError> {
        let Some(proxy) = &self.proxy else { return Ok(None) };
        Ok(proxy.intercept(&endpoint.origin().parse()?))
    }

    async fn connect_through(
        &self,
        proxy: &Intercept,
        endpoint: &Endpoint,
    ) -> Result<Stream, BoxError> {
        let host = proxy.uri().host().unwrap_or_default();
        let stream = self.tcp(host, proxy_port(proxy.uri())).await?;
        let stream = match proxy.uri().scheme_str() {
            Some("https") => handshake(&self.proxy_tls, host, stream).await?,
            _ => stream,
        };
        let authority = format!("{}:{}", endpoint.host(), endpoint.port());
        tunnel::open(stream, &authority, proxy.basic_auth()).await
    }

    async fn tcp(&self, host: &str, port: u16) -> IoResult<Stream> {
        let addresses = match self.resolved.iter().find(|(name, _)| name == host) {
            Some((_, addresses)) => {
                addresses.iter().map(|address| SocketAddr::new(address.ip(), port)).collect()
            }
            None => lookup_host((without_brackets(host), port)).await?.collect(),
        };
        tcp::connect(addresses).await.map(Stream::Tcp)
    }
}

async fn handshake(tls: &TlsConnector, host: &str, stream: Stream) -> Result<Stream, BoxError> {
    let name = ServerName::try_from(without_brackets(host))?.to_owned();
    Ok(Stream::Tls(Box::new(tls.connect(name, stream).await?)))
}

fn proxy_port(proxy: &Uri) -> u16 {
    let standard = if proxy.scheme_str() == Some("https") { 443 } else { 80 };
    proxy.port_u16().unwrap_or(standard)
}

/// Returns an IPv6 address without the brackets that it has in a URL.
fn without_brackets(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}
