//! TLS to the program under test.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Trusts the authorities of the system, and more. Clones are the same client.
#[derive(Clone)]
pub(crate) struct TlsClient(TlsConnector);

impl TlsClient {
    /// Trusts the certificates in these PEM files, too.
    pub(crate) fn new(trusted: &[PathBuf]) -> io::Result<Self> {
        let mut roots = Vec::new();
        for path in trusted {
            roots.extend(read(path)?);
        }
        let provider = Arc::new(ring::default_provider());
        let verifier =
            Verifier::new_with_extra_roots(roots, provider.clone()).map_err(io::Error::other)?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    pub(crate) async fn connect(
        &self,
        host: &str,
        stream: TcpStream,
    ) -> io::Result<TlsStream<TcpStream>> {
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        self.0.connect(name, stream).await
    }
}

impl fmt::Debug for TlsClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TlsClient")
    }
}

fn read(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let wrong = |error: &dyn fmt::Display| {
        let message = format!("`{}` has no certificates in PEM: {error}", path.display());
        io::Error::new(io::ErrorKind::InvalidInput, message)
    };
    let pem = fs::read(path).map_err(|error| wrong(&error))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    match certificates {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(wrong(&"it is empty")),
        Err(error) => Err(wrong(&error)),
    }
}
