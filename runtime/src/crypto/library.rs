//! Cryptography by aws-lc-rs or ring, which share the names used here.

use std::fmt;

#[cfg(feature = "aws-lc-rs")]
use aws_lc_rs::{digest, hmac, signature};
#[cfg(not(feature = "aws-lc-rs"))]
use ring::{digest, hmac, signature};

use super::DIGEST_LENGTH;
use crate::error::Result;

/// An HMAC-SHA256 key, its key schedule included.
pub struct SigningKey(hmac::Key);

impl SigningKey {
    /// Creates the key with this secret.
    ///
    /// # Errors
    /// Without a cryptography library.
    pub fn new(secret: &[u8]) -> Result<Self> {
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, secret)))
    }

    /// Returns the HMAC-SHA256 of the parts, one after the other.
    #[must_use]
    pub fn sign<'a>(&self, parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; DIGEST_LENGTH] {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            context.update(part);
        }
        bytes(context.sign().as_ref())
    }

    /// The SHA-256 digest of `data`, which takes no key.
    pub(crate) fn digest(&self, data: &[u8]) -> [u8; DIGEST_LENGTH] {
        bytes(digest::digest(&digest::SHA256, data).as_ref())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

/// The public half of an RSA key of 2,048 to 8,192 bits.
#[derive(Clone)]
pub struct RsaPublicKey(signature::RsaPublicKeyComponents<Vec<u8>>);

impl RsaPublicKey {
    /// Creates the key with this modulus and exponent, both in big-endian order without leading
    /// zeros.
    ///
    /// # Errors
    /// Without a cryptography library. An invalid key is not an error: it verifies no signature.
    pub fn new(modulus: Vec<u8>, exponent: Vec<u8>) -> Result<Self> {
        Ok(Self(signature::RsaPublicKeyComponents { n: modulus, e: exponent }))
    }

    /// Returns whether `signature` is a signature of `message` (PKCS #1 v1.5 with SHA-256, JOSE's
    /// `RS256`).
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
    }
}

impl fmt::Debug for RsaPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RsaPublicKey").finish_non_exhaustive()
    }
}

fn bytes(digest: &[u8]) -> [u8; DIGEST_LENGTH] {
    digest.try_into().expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// RFC 4231, section 4.3, and FIPS 180-4 for the digest of empty input.
    #[test]
    fn signs_and_digests() {
        let key = SigningKey::new(b"Jefe").unwrap();
        assert_eq!(
            hex(&key.sign([b"what do ya want ".as_slice(), b"for nothing?"])),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&key.digest(b"")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    /// A modulus, and a signature of `acs-rest` by its key, both made with OpenSSL.
    const MODULUS: &str = "8A1PwUvR5mu4rlLV7WHiwiknwan0gimPVg+mHel0iF+EkJdUFmv4vBAhKosvjBpJ3/NGPr54BWrUFcu6+5GJ\
        X5ovjZVzt2hTbLkEFU6K2Os73YdmIceahXFbRfTZyd6Hhi8L6QwsqAaEZXVVQ8U5U8h7QHFaj4jBJm7hKPTD\
        sybnBNbdtq45u3shPx6KNheW3+4HRT1G1N3ZlJEN5GxOMew7u6+mDkyHuKuuwnu1I0PidwynCqgPVmICJQjA\
        aPZVrHYDQV7Cmm6WdVj9t8nJ8oRAv2e5miiPgDjnHe39Pi5JW/Be/joGqJ8lEWTtsZ9988bRoX4FNh3R9erk\
        PdvHcQ==";
    const SIGNATURE: &str = "0+iTsxewIH5D+L1+IS5lsCKZiHunty97gVr3oMtVGPB6fippxC7NMzqUEWa3psKyjvknL6ah2UUsJwQSdrdR\
        GZ3Kep0Lu177TOhXeQFXQUc9vXESOcZYtIYDlw9JDqv/MRAgxTyb5elDM20kvQmYhghxoVYNGipDatSA3Tx1\
        VcMCcA+inVGlz4ma7J2b91Oxyh3eIY+XIwLGrhsBH2E8xnV87tHHqjMulmSyQQUlaga2sfE2Esd0Fm9CT2Gv\
        zzTxj2Cl4Ntk9AsghCiZy5IKjAR6g1oEmzhXybwXiYMMvHp4C8Qk0HThe2VVD+DcIUuaLA2jQAWpaMkbK6Dl\
        auxQyQ==";

    #[test]
    fn verifies_rs256() {
        let decode = |text| STANDARD.decode(text).unwrap();
        let key = RsaPublicKey::new(decode(MODULUS), vec![1, 0, 1]).unwrap();
        let mut signature = decode(SIGNATURE);
        assert!(key.verifies(b"acs-rest", &signature));
        assert!(!key.verifies(b"acs-rust", &signature));
        signature[255] ^= 1;
        assert!(!key.verifies(b"acs-rest", &signature));
        let empty = RsaPublicKey::new(Vec::new(), Vec::new()).unwrap();
        assert!(!empty.verifies(b"acs-rest", &signature));
    }
}
