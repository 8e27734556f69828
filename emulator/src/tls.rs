//! https: certificates for loopback, from an authority of the emulator's own.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use self::authority::CertificateAuthority;

pub(crate) use self::client::TlsClient;

mod authority;
mod client;

/// The names that every certificate has.
const LOOPBACK_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The settings of https: the directory of the authority, and the names of the emulator.
#[derive(Clone, Debug)]
pub(crate) struct TlsSettings {
    directory: PathBuf,
    /// Beside the [`LOOPBACK_NAMES`].
    names: Vec<String>,
}

impl TlsSettings {
    pub(crate) fn new(directory: PathBuf) -> Self {
        Self { directory, names: Vec::new() }
    }

    /// Adds a host name or an IP address to the certificate.
    pub(crate) fn add_name(&mut self, name: &str) {
        let loopback = LOOPBACK_NAMES.contains(&name);
        let unspecified = name.parse::<IpAddr>().is_ok_and(|address| address.is_unspecified());
        if !loopback && !unspecified && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }

    /// Issues a certificate for this run, by an authority that is created if none exists yet.
    pub(crate) fn load(&self) -> io::Result<Tls> {
        let authority = CertificateAuthority::load_or_create(&self.directory)
            .map_err(|error| unusable(&self.directory, &error))?;
        let names = LOOPBACK_NAMES.into_iter().map(str::to_owned).chain(self.names.clone());
        let (certificate, key) = authority.issue(names.collect())?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .map_err(io::Error::other)?;
        let ca_certificate = CertificateAuthority::certificate_path(&self.directory);
        Ok(Tls { ca_certificate, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

/// The TLS configuration of a server.
#[derive(Clone)]
pub(crate) struct Tls {
    ca_certificate: PathBuf,
    acceptor: TlsAcceptor,
}

impl Tls {
    /// The file that clients must trust.
    pub(crate) fn ca_certificate(&self) -> &Path {
        &self.ca_certificate
    }

    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.acceptor.accept(stream).await
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Tls")
            .field("ca_certificate", &self.ca_certificate)
            .finish_non_exhaustive()
    }
}

fn unusable(directory: &Path, error: &io::Error) -> io::Error {
    let directory = directory.display();
    let message = format!("cannot keep a certificate authority in `{directory}`: {error}");
    io::Error::new(error.kind(), message)
}
