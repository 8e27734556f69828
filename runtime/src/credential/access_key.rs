//! Access keys, which sign requests with HMAC-SHA256.
//!
//! Source: <https://learn.microsoft.com/rest/api/communication/authentication>.

use std::fmt;
use std::future::ready;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{
    GeneralPurpose, GeneralPurposeConfig, NO_PAD, STANDARD as PADDED,
};
use base64::{Engine, engine::DecodePaddingMode};
use http::HeaderValue;
use http::header::AUTHORIZATION;
use zeroize::Zeroizing;

use super::authorize::{AuthorizeFuture, Credential, CredentialVersion};
use crate::crypto::{DIGEST_LENGTH, SigningKey};
use crate::error::{Error, Result};
use crate::headers::{X_MS_CONTENT_SHA256, X_MS_DATE, X_MS_HOST, date, shared_value};
use crate::sources::TimeSource;
use crate::transport::Request;

/// Accepts missing and additional `=`, which some portals and scripts produce.
const LENIENT: GeneralPurpose = GeneralPurpose::new(&STANDARD, lenient());

const fn lenient() -> GeneralPurposeConfig {
    NO_PAD.with_decode_padding_mode(DecodePaddingMode::Indifferent)
}

/// The text that precedes the signature in `Authorization`.
const SCHEME: &[u8] = b"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";
/// The length in base64 of a hash or a signature, both of which have 32 bytes.
const BASE64_LENGTH: usize = 44;

/// An access key of an ACS resource. Clones share the key: [`update`](Self::update) replaces it in
/// every client that uses a clone.
///
/// The signature covers the host to which the request is sent. If the resource is behind a gateway
/// with another host name, set the host of the resource in the header `x-ms-host`
/// ([`CallOptions::header`](crate::CallOptions::header)), and the signature covers that host. A
/// header `X-Forwarded-Host` is sent, but not signed.
///
/// ```
/// use acs_rest::{AccessKey, Client};
///
/// let key = AccessKey::new("pw==")?;
/// let client = Client::new("https://contoso.communication.azure.com", key.clone())?;
/// key.update("AAAA")?; // the client signs with the new key from its next attempt on
/// # Ok::<(), acs_rest::Error>(())
/// ```
#[derive(Clone)]
pub struct AccessKey {
    current: Arc<RwLock<Prepared>>,
}

/// A key with its precomputed HMAC state.
struct Prepared {
    key: SigningKey,
    /// The key as text, which no error may show.
    base64: Zeroizing<String>,
    version: CredentialVersion,
}

impl AccessKey {
    /// Creates a key from its base64, as the Azure portal shows it.
    ///
    /// # Errors
    /// If the text is empty or not base64 (the error does not show the key), or if neither of the
    /// features `ring` and `aws-lc-rs` is enabled.
    pub fn new(base64: impl AsRef<str>) -> Result<Self> {
        let prepared = Prepared::new(base64.as_ref(), CredentialVersion::default())?;
        Ok(Self { current: Arc::new(RwLock::new(prepared)) })
    }

    /// Replaces the key. Calls in flight use the new key from their next attempt on.
    ///
    /// # Errors
    /// As for [`new`](Self::new). The old key then remains in use.
    pub fn update(&self, base64: impl AsRef<str>) -> Result<()> {
        let mut next = Prepared::new(base64.as_ref(), CredentialVersion::default())?;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        next.version = current.version.next();
        *current = next;
        Ok(())
    }

    fn sign(&self, request: &mut Request<'_>, time: &dyn TimeSource) -> CredentialVersion {
        let current = self.current();
        let date = date(time.now().unix_timestamp());
        let hash = base64(&current.key.digest(request.body()));
        let signature = current.signature(request, &date, &hash);
        let mut authorization = [0; SCHEME.len() + BASE64_LENGTH];
        let (scheme, rest) = authorization.split_at_mut(SCHEME.len());
        scheme.copy_from_slice(SCHEME);
        rest.copy_from_slice(&signature);
        let mut authorization = shared_value(authorization);
        authorization.set_sensitive(true);
        let headers = request.headers_mut();
        headers.insert(X_MS_DATE, date);
        headers.insert(X_MS_CONTENT_SHA256, shared_value(hash));
        headers.insert(AUTHORIZATION, authorization);
        current.version
    }

    fn current(&self) -> RwLockReadGuard<'_, Prepared> {
        self.current.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Prepared {
    fn new(base64: &str, version: CredentialVersion) -> Result<Self> {
        let key = LENIENT.decode(base64.trim_end_matches('=')).map(Zeroizing::new);
        let key = key.ok().filter(|key| !key.is_empty()).ok_or_else(|| {
            Error::configuration("the access key is not base64, as the Azure portal shows it")
        })?;
        let base64 = Zeroizing::new(base64.to_owned());
        Ok(Self { key: SigningKey::new(&key)?, base64, version })
    }

    /// Signs `METHOD\npath?query\ndate;host;hash` piece by piece. The host is the value of
    /// `x-ms-host`, if the request has this header.
    fn signature(
        &self,
        request: &Request<'_>,
        date: &HeaderValue,
        hash: &[u8],
    ) -> [u8; BASE64_LENGTH] {
        let host = request.headers().get(X_MS_HOST).map(HeaderValue::as_bytes);
        base64(&self.key.sign([
            request.method().as_str().as_bytes(),
            b"\n",
            request.target().as_bytes(),
            b"\n",
            date.as_bytes(),
            b";",
            host.unwrap_or(request.endpoint().authority().as_bytes()),
            b";",
            hash,
        ]))
    }
}

impl Credential for AccessKey {
    fn authorize<'a>(
        &'a self,
        request: &'a mut Request<'_>,
        time: &'a dyn TimeSource,
    ) -> AuthorizeFuture<'a> {
        Box::pin(ready(Ok(self.sign(request, time))))
    }

    fn invalidate(&self, version: CredentialVersion) -> bool {
        self.current().version != version
    }

    fn secrets(&self) -> Vec<Zeroizing<String>> {
        vec![self.current().base64.clone()]
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

#[cfg(test)]
#[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Method};
    use time::OffsetDateTime;

    use super::*;
    use crate::endpoint::Endpoint;

    struct At(&'static str);

    impl TimeSource for At {
        fn now(&self) -> OffsetDateTime {
            httpdate::parse_http_date(self.0).unwrap().into()
        }
    }

    /// The header values that `key` adds to a request.
    fn signed(
        key: &str,
        method: Method,
        url: [&str; 2],
        date: &'static str,
        body: &'static str,
    ) -> [String; 3] {
        let endpoint: Endpoint = url[0].parse().unwrap();
        let body = Bytes::from_static(body.as_bytes());
        let mut request = Request::new(method, &endpoint, url[1], HeaderMap::new(), body);
        AccessKey::new(key).unwrap().sign(&mut request, &At(date));
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
        ["x-ms-date", "x-ms-content-sha256", "authorization"]
            .map(|name| request.headers()[name].to_str().unwrap().to_owned())
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
    fn an_updated_key_has_another_version() {
        let [first, second] = [0, 1].map(CredentialVersion::new);
        let key = AccessKey::new("pw==").unwrap();
        assert!(!key.invalidate(first));
        key.clone().update("AAAA").unwrap();
        assert!(key.invalidate(first) && !key.invalidate(second));
        assert!(key.update("!").is_err() && !key.invalidate(second));
    }
}
