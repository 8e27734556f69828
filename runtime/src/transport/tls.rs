//! The TLS configuration of the process: reading the trust store costs milliseconds, once.

use std::sync::{Arc, OnceLock};

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls_platform_verifier::BuilderVerifierExt;

use crate::crypto;
use crate::error::{Error, Result};

pub(super) fn shared() -> Result<Arc<ClientConfig>> {
    static SHARED: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(shared) = SHARED.get() {
        return Ok(Arc::clone(shared));
    }
    let provider = provider().ok_or_else(|| {
        Error::configuration(
            "there is no TLS library; enable the feature `ring` or `aws-lc-rs` of `acs-rest`, or \
             install a default `CryptoProvider` of rustls",
        )
    })?;
    let config = platform_config(provider).map_err(|error| {
        Error::configuration("the trust store cannot be read").with_source(error)
    })?;
    Ok(Arc::clone(SHARED.get_or_init(|| Arc::new(config))))
}

/// The application's cryptography, or ours. To ask rustls for one would install it for the whole
/// process, and panic where another crate brings a second.
fn provider() -> Option<Arc<CryptoProvider>> {
    CryptoProvider::get_default().cloned().or_else(|| crypto::tls_provider().map(Arc::new))
}

fn platform_config(
    provider: Arc<CryptoProvider>,
) -> std::result::Result<ClientConfig, rustls::Error> {
    let config = ClientConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions()?.with_platform_verifier()?;
    Ok(config.with_no_client_auth())
}
