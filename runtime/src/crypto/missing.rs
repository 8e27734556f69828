//! Replaces the library if none is enabled: creating a key fails, and the types have no values.

use super::DIGEST_LENGTH;
use crate::error::{Error, Result};

/// A key that cannot be created.
#[derive(Clone, Debug)]
pub enum SigningKey {}

impl SigningKey {
    /// # Errors
    /// Always.
    pub fn new(_secret: &[u8]) -> Result<Self> {
        Err(missing())
    }

    /// Never called.
    #[must_use]
    pub fn sign<'a>(&self, _parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; DIGEST_LENGTH] {
        match *self {}
    }

    pub(crate) fn digest(&self, _data: &[u8]) -> [u8; DIGEST_LENGTH] {
        match *self {}
    }
}

/// A key that cannot be created.
#[derive(Clone, Debug)]
pub enum RsaPublicKey {}

impl RsaPublicKey {
    /// # Errors
    /// Always.
    pub fn new(_modulus: Vec<u8>, _exponent: Vec<u8>) -> Result<Self> {
        Err(missing())
    }

    /// Never called.
    #[must_use]
    pub fn verifies(&self, _message: &[u8], _signature: &[u8]) -> bool {
        match *self {}
    }
}

fn missing() -> Error {
    Error::configuration(
        "no cryptography library is enabled; enable the feature `ring` or `aws-lc-rs` of `acs-rest`",
    )
}
