//! Servers behind TLS, with certificates of an authority that the tests make.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use acs_rest::ClientBuilder;
use acs_rest::transport::TransportOptions;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::operations::builder;

/// The name that the certificates are for.
pub(crate) const NAME: &str = "calls.test";

pub(crate) type Stream = TlsStream<TcpStream>;

/// The authority that clients are told to trust.
pub(crate) struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

pub(crate) static AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::new);

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// A server with a certificate for these names, which `change` may spoil.
    pub(crate) fn server(
        &self,
        names: &[&str],
        protocols: &[&str],
        change: impl FnOnce(&mut CertificateParams),
    ) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        config(&certificate, &key, protocols)
    }
}

/// A server whose certificate nobody else signed.
pub(crate) fn self_signed(protocols: &[&str]) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([NAME.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::OrganizationName, "a stranger");
    config(&params.self_signed(&key).unwrap(), &key, protocols)
}

fn config(certificate: &rcgen::Certificate, key: &KeyPair, protocols: &[&str]) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let mut config = config.with_single_cert(vec![certificate.der().clone()], key.into()).unwrap();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    config
}

/// A listening server. Dropping it ends it and its connections.
pub(crate) struct TlsServer {
    address: SocketAddr,
    accepted: Arc<AtomicUsize>,
    listening: JoinHandle<()>,
}

impl TlsServer {
    /// Listens on loopback; `serve` gets each connection after its handshake, with its number.
    pub(crate) async fn start<F>(
        config: ServerConfig,
        serve: impl Fn(Stream, usize) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::listen(listener, config, serve)
    }

    pub(crate) fn listen<F>(
        listener: TcpListener,
        config: ServerConfig,
        serve: impl Fn(Stream, usize) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let address = listener.local_addr().unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let accepted = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&accepted);
        let serve = Arc::new(serve);
        let listening = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                let nth = counter.fetch_add(1, Ordering::Relaxed);
                let (acceptor, serve) = (acceptor.clone(), Arc::clone(&serve));
                connections.spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        serve(stream, nth).await;
                    }
                });
                while connections.try_join_next().is_some() {}
            }
        });
        Self { address, accepted, listening }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("https://{NAME}:{}", self.address.port())
    }

    /// How many connections were accepted, whatever became of them.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::Relaxed)
    }

    /// Options for a client that trusts the authority and finds the server.
    pub(crate) fn options(&self) -> TransportOptions {
        options().resolve_to_addrs(NAME, [self.address])
    }

    /// A client of this server on each transport, by its name.
    pub(crate) fn clients(&self) -> Vec<(&'static str, ClientBuilder)> {
        builders(&self.endpoint(), &self.options())
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Options for a client that trusts the authority.
pub(crate) fn options() -> TransportOptions {
    TransportOptions::new().root_certificate(AUTHORITY.pem())
}

/// A client on each transport that is built, by its name.
pub(crate) fn builders(
    endpoint: &str,
    options: &TransportOptions,
) -> Vec<(&'static str, ClientBuilder)> {
    vec![
        #[cfg(feature = "reqwest")]
        (
            "reqwest",
            builder(endpoint).transport(
                acs_rest::transport::ReqwestTransport::with_options(options.clone()).unwrap(),
            ),
        ),
        #[cfg(feature = "hyper")]
        (
            "hyper",
            builder(endpoint).transport(
                acs_rest::transport::HyperTransport::with_options(options.clone()).unwrap(),
            ),
        ),
    ]
}

/// Answers each HTTP/1.1 request with 200 and `body`, and tells its head and body.
pub(crate) async fn serve_http1(
    mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    body: &str,
    mut seen: impl FnMut(String),
) {
    let mut input = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = input.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at + 4;
            }
            if !matches!(stream.read_buf(&mut input).await, Ok(read) if read > 0) {
                return;
            }
        };
        let head = String::from_utf8(input[..end].to_vec()).unwrap();
        let length = head
            .lines()
            .find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok()
            })
            .unwrap_or(0);
        while input.len() < end + length {
            if !matches!(stream.read_buf(&mut input).await, Ok(read) if read > 0) {
                return;
            }
        }
        let request: Vec<u8> = input.drain(..end + length).collect();
        seen(String::from_utf8(request).unwrap());
        let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        if stream.write_all(response.as_bytes()).await.is_err() {
            return;
        }
    }
}
