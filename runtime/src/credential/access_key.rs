//! Access key: an HMAC-SHA256 over what goes on the wire.
//!
//! Source: <https://learn.microsoft.com/rest/api/communication/authentication>.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{
    GeneralPurpose, GeneralPurposeConfig, NO_PAD, STANDARD as PADDED,
};
use base64::{Engine, engine::DecodePaddingMode};
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::Generation;
use crate::clock::Clock;
use crate::crypto::{DIGEST_LENGTH, SigningKey};
use crate::error::{Error, Result};
use crate::request::header_value::{from_seconds, from_text, seconds};
use crate::request::location::HOST;
use crate::transport::Request;

/// Some portals and scripts lose or add a `=`; the key itself is exact all the same.
const LENIENT: GeneralPurpose = GeneralPurpose::new(&STANDARD, lenient());

const fn lenient() -> GeneralPurposeConfig {
    NO_PAD.with_decode_padding_mode(DecodePaddingMode::Indifferent)
}

const DATE: HeaderName = HeaderName::from_static("x-ms-date");
const CONTENT_HASH: HeaderName = HeaderName::from_static("x-ms-content-sha256");
/// What stands before the signature.
const SCHEME: &[u8] = b"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";
/// Of the 32 bytes of a hash or a signature.
const BASE64_LENGTH: usize = 44;

/// An access key of an ACS resource. Clones share the key, so that [`update`](Self::update)
/// reaches every client that holds it.
#[derive(Clone)]
pub struct AccessKey {
    current: Arc<RwLock<Prepared>>,
}

/// The key schedule, made once for each key, and how many keys there were before.
struct Prepared {
    key: SigningKey,
    generation: u64,
}

impl AccessKey {
    /// The key as the Azure portal shows it: base64.
    ///
    /// # Errors
    /// If it is empty or not base64; the text of the error does not hold the key. If neither the feature
    /// `ring` nor `aws-lc-rs` is enabled.
    pub fn new(base64: impl AsRef<str>) -> Result<Self> {
        let prepared = Prepared { key: prepare(base64.as_ref())?, generation: 0 };
        Ok(Self { current: Arc::new(RwLock::new(prepared)) })
    }

    /// Replaces the key; calls in flight use the new one from their next try on.
    ///
    /// # Errors
    /// As [`new`](Self::new); the old key stays.
    pub fn update(&self, base64: impl AsRef<str>) -> Result<()> {
        let key = prepare(base64.as_ref())?;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Prepared { key, generation: current.generation + 1 };
        Ok(())
    }

    pub(super) fn sign(&self, request: &mut Request<'_>, clock: &dyn Clock) -> Generation {
        let date = from_seconds(seconds(clock.now()));
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        let hash = base64(&current.key.digest(&request.body));
        let signature = current.signature(request, &date, &hash);
        let mut authorization = [0; SCHEME.len() + BASE64_LENGTH];
        let (scheme, rest) = authorization.split_at_mut(SCHEME.len());
        scheme.copy_from_slice(SCHEME);
        rest.copy_from_slice(&signature);
        let mut authorization = from_text(authorization);
        authorization.set_sensitive(true);
        request.headers.insert(DATE, date);
        request.headers.insert(CONTENT_HASH, from_text(hash));
        request.headers.insert(AUTHORIZATION, authorization);
        Generation(current.generation)
    }

    pub(super) fn refused(&self, generation: Generation) -> bool {
        self.current.read().unwrap_or_else(PoisonError::into_inner).generation != generation.0
    }
}

impl Prepared {
    /// Of `METHOD\npath?query\ndate;host;hash`, piece by piece; an `x-ms-host` is the host.
    fn signature(
        &self,
        request: &Request<'_>,
        date: &HeaderValue,
        hash: &[u8],
    ) -> [u8; BASE64_LENGTH] {
        // Whoever is not asked at the resource's own host is told it, and checks that one.
        let host = request.headers.get(HOST).map(HeaderValue::as_bytes);
        base64(&self.key.sign([
            request.method.as_str().as_bytes(),
            b"\n",
            request.target.as_bytes(),
            b"\n",
            date.as_bytes(),
            b";",
            host.unwrap_or(request.endpoint.authority().as_bytes()),
            b";",
            hash,
        ]))
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessKey")
    }
}

fn base64(bytes: &[u8; DIGEST_LENGTH]) -> [u8; BASE64_LENGTH] {
    let mut text = [0; BASE64_LENGTH];
    PADDED.encode_slice(bytes, &mut text).expect("32 bytes make 44 characters");
    text
}

fn prepare(base64: &str) -> Result<SigningKey> {
    let key = LENIENT.decode(base64.trim_end_matches('=')).map(Zeroizing::new);
    match key {
        Ok(key) if !key.is_empty() => SigningKey::new(&key),
        _ => {
            Err(Error::configuration("the access key is not base64, as the Azure portal shows it"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use bytes::Bytes;
    use http::{HeaderMap, Method};

    use super::*;
    use crate::endpoint::Endpoint;

    struct At(&'static str);

    impl Clock for At {
        fn now(&self) -> SystemTime {
            httpdate::parse_http_date(self.0).unwrap()
        }

        fn random(&self) -> u128 {
            0
        }
    }

    /// The header values that `key` gives a request.
    fn signed(
        key: &str,
        method: Method,
        url: [&str; 2],
        date: &'static str,
        body: &'static str,
    ) -> [String; 3] {
        let endpoint: Endpoint = url[0].parse().unwrap();
        let mut request = Request {
            method,
            endpoint: &endpoint,
            target: url[1],
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
        };
        AccessKey::new(key).unwrap().sign(&mut request, &At(date));
        assert!(request.headers[AUTHORIZATION].is_sensitive());
        ["x-ms-date", "x-ms-content-sha256", "authorization"]
            .map(|name| request.headers[name].to_str().unwrap().to_owned())
    }

    #[test]
    fn the_sample_of_microsofts_sdk_tests() {
        let [date, hash, authorization] = signed(
            "68810419818922fb0263dd6ee4b9c56537dbad914aa7324a119fce26778a286e",
            Method::POST,
            ["https://localhost", "?id=b93a5ef4-f622-44d8-a80b-ff983122554e"],
            "Wed, 07 Oct 2020 18:16:02 GMT",
            r#"{"propName":"name", "propValue": "value"}"#,
        );
        assert_eq!(date, "Wed, 07 Oct 2020 18:16:02 GMT");
        assert_eq!(hash, "YjVxGFu++f6tLM9YEVQVRmchZiYyxQ+8Bi3PXTJz2C4=");
        assert!(authorization.ends_with("Signature=KZD9UN4LsktsEX2e9cRp+LS2opjAtEVKqt+OzFCHh9o="));
    }

    #[test]
    fn a_get_signs_its_encoded_target_and_the_empty_body() {
        let [_, hash, authorization] = signed(
            "bm90LWEtcmVhbC1hY2Nlc3Mta2V5LTAxMjM0NTY3ODk=",
            Method::GET,
            [
                "https://contoso.communication.azure.com",
                "/calling/callConnections/18dea47f-b081-4107-9a5c-4300819d2c6c/participants/4%3A%2B14250123456?api-version=2024-09-15",
            ],
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "",
        );
        assert_eq!(hash, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert!(authorization.ends_with("Signature=jnTDIbNJzOCIxbfbp7I4qL/OIcESTyXkersaI7fxWKI="));
    }

    #[test]
    fn a_key_is_standard_base64() {
        for key in ["pw==", "pw", "AAA==", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="] {
            assert!(AccessKey::new(key).is_ok(), "{key}");
        }
        for key in ["", "=", "not base64!", "a-_b", "pw==pw=="] {
            let error = AccessKey::new(key).unwrap_err().to_string();
            assert!(key.len() < 3 || !error.contains(key), "{error}");
        }
        assert_eq!(format!("{:?}", AccessKey::new("pw==").unwrap()), "AccessKey");
    }

    #[test]
    fn an_updated_key_is_of_another_generation() {
        let key = AccessKey::new("pw==").unwrap();
        assert!(!key.refused(Generation(0)));
        key.clone().update("AAAA").unwrap();
        assert!(key.refused(Generation(0)) && !key.refused(Generation(1)));
        assert!(key.update("!").is_err() && !key.refused(Generation(1)));
    }
}
