//! The TLS configuration of the process: reading the trust store costs milliseconds, once.

use std::sync::OnceLock;

use rustls::ClientConfig;
use rustls_platform_verifier::ConfigVerifierExt;

use crate::error::{Error, Result};

pub(super) fn shared() -> Result<ClientConfig> {
    static SHARED: OnceLock<ClientConfig> = OnceLock::new();
    if let Some(shared) = SHARED.get() {
        return Ok(shared.clone());
    }
    let config = ClientConfig::with_platform_verifier().map_err(|error| {
        Error::configuration("the trust store cannot be read").with_source(error)
    })?;
    Ok(SHARED.get_or_init(|| config).clone())
}
