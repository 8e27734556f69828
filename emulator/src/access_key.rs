//! The key of an ACS resource, and signatures made with it.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::{digest, hmac};
use uuid::{Builder, Uuid};

/// The decoded bytes of a key, which clients have as base64.
#[derive(Clone)]
pub(crate) struct AccessKey(Vec<u8>);

impl AccessKey {
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        let bytes = BASE64_STANDARD.decode(text).ok()?;
        (!bytes.is_empty()).then_some(Self(bytes))
    }

    pub(crate) fn random() -> Self {
        Self(random_bytes().to_vec())
    }

    pub(crate) fn to_base64(&self) -> String {
        BASE64_STANDARD.encode(&self.0)
    }

    /// Derives an id from the key and a label: the same key and label always give the same id.
    pub(crate) fn derive_uuid(&self, label: &str) -> Uuid {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.derive(label)[..16]);
        Builder::from_random_bytes(bytes).into_uuid()
    }

    /// Derives 32 bytes from the key and a label, from which the key cannot be computed.
    pub(crate) fn derive(&self, label: &str) -> [u8; 32] {
        let tag = hmac::sign(&hmac_key(&self.0), label.as_bytes());
        tag.as_ref().try_into().expect("HMAC-SHA256 has 32 bytes")
    }

    /// Whether `signature` is that of `text` by this key, compared in constant time.
    pub(crate) fn verify(&self, text: &str, signature: &str) -> bool {
        let Ok(signature) = BASE64_STANDARD.decode(signature) else { return false };
        hmac::verify(&hmac_key(&self.0), text.as_bytes(), &signature).is_ok()
    }

    #[cfg(test)]
    pub(crate) fn sign(&self, text: &str) -> String {
        BASE64_STANDARD.encode(hmac::sign(&hmac_key(&self.0), text.as_bytes()))
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AccessKey")
    }
}

pub(crate) fn hmac_key(key: &[u8]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, key)
}

/// 32 bytes, of which 244 bits are random: more than an emulator's secrets need.
pub(crate) fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(Uuid::new_v4().as_bytes());
    bytes[16..].copy_from_slice(Uuid::new_v4().as_bytes());
    bytes
}

/// The value of `x-ms-content-sha256` for a body.
pub(crate) fn content_hash(body: &[u8]) -> String {
    BASE64_STANDARD.encode(digest::digest(&digest::SHA256, body))
}

/// The text that is signed: all parts exactly as they were sent.
pub(crate) fn string_to_sign(
    method: &str,
    target: &str,
    date: &str,
    host: &str,
    content_hash: &str,
) -> String {
    format!("{method}\n{target}\n{date};{host};{content_hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(key: &str, text: &str) -> String {
        AccessKey::from_base64(key).unwrap().sign(text)
    }

    // From the tests of Microsoft's SDKs.
    #[test]
    fn hashes_and_signatures_of_single_words() {
        assert_eq!(content_hash(b"banana"), "tJPUg2Sv5E0RwBZc9HCkFk0eJgmRHvmYvoaNRq3j3k4=");
        assert_eq!(content_hash(b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(signature("pw==", "banana"), "88EC05aAS9iXnaimtNO78JLjiPtfWryQB/5QYEzEsu8=");
        assert_eq!(signature("pw==", "😀"), "1rudJKjn2Zi+3hRrBG29wIF6pD6YyAeQR1ZcFtXoKAU=");
    }

    #[test]
    fn a_whole_request_of_microsofts_tests() {
        let hash = content_hash(br#"{"propName":"name", "propValue": "value"}"#);
        assert_eq!(hash, "YjVxGFu++f6tLM9YEVQVRmchZiYyxQ+8Bi3PXTJz2C4=");
        let text = string_to_sign(
            "POST",
            "?id=b93a5ef4-f622-44d8-a80b-ff983122554e",
            "Wed, 07 Oct 2020 18:16:02 GMT",
            "localhost",
            &hash,
        );
        let key = "68810419818922fb0263dd6ee4b9c56537dbad914aa7324a119fce26778a286e";
        assert_eq!(signature(key, &text), "KZD9UN4LsktsEX2e9cRp+LS2opjAtEVKqt+OzFCHh9o=");
    }

    #[test]
    fn encoding_changes_the_signature() {
        let signed = |target: &str| {
            let date = "Sun, 06 Nov 1994 08:49:37 GMT";
            let host = "contoso.communication.azure.com";
            let text = string_to_sign("GET", target, date, host, &content_hash(b""));
            signature("bm90LWEtcmVhbC1hY2Nlc3Mta2V5LTAxMjM0NTY3ODk=", &text)
        };
        let call = "/calling/callConnections/18dea47f-b081-4107-9a5c-4300819d2c6c/participants";
        let version = "api-version=2024-09-15";
        assert_eq!(
            signed(&format!("{call}/4%3A%2B14250123456?{version}")),
            "jnTDIbNJzOCIxbfbp7I4qL/OIcESTyXkersaI7fxWKI="
        );
        assert_eq!(
            signed(&format!("{call}/4:+14250123456?{version}")),
            "8PcxhOOU4mQVL/bec5nxyT390q0rwX9GBipKeonhenE="
        );
    }

    #[test]
    fn only_the_right_signature_passes() {
        let key = AccessKey::from_base64("pw==").unwrap();
        assert!(key.verify("banana", "88EC05aAS9iXnaimtNO78JLjiPtfWryQB/5QYEzEsu8="));
        for signature in ["", "88EC", "not base64!", "1rudJKjn2Zi+3hRrBG29wIF6pD6YyAeQR1ZcFtXoKAU="]
        {
            assert!(!key.verify("banana", signature), "{signature}");
        }
    }

    #[test]
    fn a_key_is_never_shown() {
        assert_eq!(format!("{:?}", AccessKey::random()), "AccessKey");
        assert!(AccessKey::from_base64("").is_none());
        assert!(AccessKey::from_base64("no base64").is_none());
    }
}
