//! The TLS configuration of a transport. Reading the trust store takes milliseconds; a process
//! reads it once.

use std::error::Error as StdError;
use std::sync::{Arc, OnceLock};

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{AlertDescription, ClientConfig};
use rustls_platform_verifier::{BuilderVerifierExt, Verifier};

use super::options::TransportOptions;
use crate::crypto;
use crate::error::{Error, Result};

/// The protocols that the client offers ([RFC 7301]), the preferred one first.
///
/// [RFC 7301]: https://www.rfc-editor.org/rfc/rfc7301
const HTTP2_THEN_HTTP1: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// The configuration for these options. `offers_http2` adds HTTP/2 to the protocols in the
/// handshake.
pub(super) fn config(options: &TransportOptions, offers_http2: bool) -> Result<Arc<ClientConfig>> {
    let config = match options.root_certificates.is_empty() {
        true => shared()?,
        false => Arc::new(with_roots(&options.root_certificates)?),
    };
    if !offers_http2 {
        return Ok(config);
    }
    let mut config = ClientConfig::clone(&config);
    config.alpn_protocols = HTTP2_THEN_HTTP1.map(<[u8]>::to_vec).to_vec();
    Ok(Arc::new(config))
}

/// Whether the TLS handshake was refused: a certificate that is not accepted, or no common version.
/// Another attempt would fail in the same way.
pub(super) fn is_refused(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| match cause.downcast_ref() {
        Some(rustls::Error::AlertReceived(alert)) => {
            matches!(alert, AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure)
        }
        Some(error) => matches!(
            error,
            rustls::Error::InvalidCertificate(_)
                | rustls::Error::NoCertificatesPresented
                | rustls::Error::PeerIncompatible(_)
                | rustls::Error::PeerMisbehaved(_)
        ),
        None => false,
    })
}

/// The error and its causes, including the error that an I/O error wraps:
/// [`source`](StdError::source) would skip it.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
            None => error.source(),
        }
    })
}

/// The configuration with the trust store of the system alone.
fn shared() -> Result<Arc<ClientConfig>> {
    static SHARED: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(shared) = SHARED.get() {
        return Ok(Arc::clone(shared));
    }
    let config = platform_config(provider()?).map_err(unreadable)?;
    Ok(Arc::clone(SHARED.get_or_init(|| Arc::new(config))))
}

fn platform_config(
    provider: Arc<CryptoProvider>,
) -> std::result::Result<ClientConfig, rustls::Error> {
    let config = ClientConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions()?.with_platform_verifier()?;
    Ok(config.with_no_client_auth())
}

/// The configuration with the trust store of the system and these certificates.
fn with_roots(certificates: &[Vec<u8>]) -> Result<ClientConfig> {
    let mut roots = Vec::new();
    for certificate in certificates {
        roots.extend(parse(certificate)?);
    }
    let provider = provider()?;
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider));
    let verifier = Arc::new(verifier.map_err(unusable)?);
    let config = ClientConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions().map_err(unreadable)?;
    let config = config.dangerous().with_custom_certificate_verifier(verifier);
    Ok(config.with_no_client_auth())
}

/// The certificates of a PEM file, or the single certificate in DER.
fn parse(pem_or_der: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    // DER starts with the tag of a sequence.
    if pem_or_der.first() == Some(&0x30) {
        return Ok(vec![CertificateDer::from(pem_or_der.to_vec())]);
    }
    let certificates = CertificateDer::pem_slice_iter(pem_or_der);
    let certificates =
        certificates.collect::<std::result::Result<Vec<_>, _>>().map_err(unusable)?;
    if certificates.is_empty() {
        return Err(Error::configuration(
            "`root_certificate` got no certificate; give it PEM (`-----BEGIN CERTIFICATE-----`) or DER",
        ));
    }
    Ok(certificates)
}

/// Returns the provider that the application installed, or that of this crate. The default of
/// rustls would be installed for the whole process, and rustls panics if the program contains two.
fn provider() -> Result<Arc<CryptoProvider>> {
    let provider = CryptoProvider::get_default().cloned();
    provider.or_else(|| crypto::tls_provider().map(Arc::new)).ok_or_else(|| {
        Error::configuration(
            "there is no TLS library; enable the feature `ring` or `aws-lc-rs` of `acs-rest`, or \
             install a default `CryptoProvider` of rustls",
        )
    })
}

fn unreadable(error: rustls::Error) -> Error {
    Error::configuration("the trust store cannot be read").with_source(error)
}

fn unusable(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::configuration("a certificate given to `root_certificate` cannot be used")
        .with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_certificate_is_a_configuration_error() {
        for text in [
            &b""[..],
            b"not a certificate",
            b"-----BEGIN CERTIFICATE-----\nAA",
            b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            b"\x30\x00",
        ] {
            let options = TransportOptions::new().root_certificate(text);
            let error = config(&options, true).unwrap_err();
            assert!(error.to_string().contains("root_certificate"), "{error}");
        }
    }
}
