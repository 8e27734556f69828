//! Cryptography from the library that the features choose: SHA-256, HMAC and RSA, and TLS.
//!
//! The library is aws-lc-rs if that feature is enabled, or else ring. Their results are the same:
//! calls do not change if another crate in the program enables the second library. Without either,
//! creating a key fails.

#[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
mod library;
#[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
mod missing;

#[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
pub use library::{RsaPublicKey, SigningKey};
#[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
pub use missing::{RsaPublicKey, SigningKey};

/// The length of a SHA-256 digest in bytes.
pub(crate) const DIGEST_LENGTH: usize = 32;

/// The provider for TLS, or `None` without either library.
#[cfg(any(feature = "hyper", feature = "reqwest"))]
pub(crate) fn tls_provider() -> Option<rustls::crypto::CryptoProvider> {
    #[cfg(feature = "aws-lc-rs")]
    return Some(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
    return Some(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
    return None;
}
