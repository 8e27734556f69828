//! The TLS configuration of the process: reading the trust store costs milliseconds, once.

use std::sync::{Arc, OnceLock};

use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::error::{Error, Result};

pub(super) fn shared() -> Result<Arc<ClientConfig>> {
    static SHARED: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(shared) = SHARED.get() {
        return Ok(Arc::clone(shared));
    }
    let config = platform_config().map_err(|error| {
        Error::configuration("the trust store cannot be read").with_source(error)
    })?;
    Ok(Arc::clone(SHARED.get_or_init(|| Arc::new(config))))
}

/// With the application's cryptography, or ours. To ask rustls for one would install it for the
/// whole process, and panic where another crate brings a second.
fn platform_config() -> std::result::Result<ClientConfig, rustls::Error> {
    let provider = CryptoProvider::get_default().cloned();
    let provider = provider.unwrap_or_else(|| Arc::new(aws_lc_rs::default_provider()));
    let config = ClientConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions()?.with_platform_verifier()?;
    Ok(config.with_no_client_auth())
}
