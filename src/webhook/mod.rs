//! Whether a callback request comes from Call Automation.
//!
//! Call Automation POSTs its events to the `callback_uri` of a call. That address is public, and the
//! events are not signed; but every request carries a token, in `Authorization: Bearer …`: a JWT
//! that the service signs with RS256, that lives for five minutes and names your resource. A
//! [`WebhookVerifier`] checks it, with the keys that the service publishes:
//!
//! ```
//! use acs_rest::webhook::{WebhookErrorKind, WebhookVerifier};
//!
//! /// The status to answer a callback with, before its body is looked at.
//! async fn admit(verifier: &WebhookVerifier, headers: &http::HeaderMap) -> u16 {
//!     let authorization = headers.get("authorization");
//!     let authorization = authorization.map(|value| value.as_bytes()).unwrap_or_default();
//!     match verifier.verify(authorization).await {
//!         Ok(()) => 200,
//!         Err(error) if error.kind() == WebhookErrorKind::NotAuthentic => 401,
//!         Err(_) => 503, // nobody can tell until the keys can be had
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> acs_rest::Result<()> {
//! # let keys = include_str!("../../tests/data/webhook/keys.json");
//! let resource_id = "0a1b2c3d-0000-4000-8000-000000000000";
//! let verifier = WebhookVerifier::new(resource_id); // fetches the keys when they are first needed
//! # let verifier = WebhookVerifier::with_keys(resource_id, keys)?;
//! assert_eq!(admit(&verifier, &http::HeaderMap::new()).await, 401);
//! # Ok(())
//! # }
//! ```
//!
//! The token says who sends, and not what: that the body is as it was sent is for TLS to see to. The
//! same token passes until it expires, so that an event may come twice.
//!
//! The simple alternative needs no keys and no feature: put a long random secret in the query of the
//! `callback_uri`, and compare it with that of each request, as [`Secret`](crate::Secret) does: in a
//! time that tells nothing. It stays in the logs of whatever lies between; both together do no harm.
//!
//! Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint>.

mod error;
mod fetch;
mod keys;
mod token;

use std::fmt;
use std::sync::Arc;

pub use self::error::{WebhookError, WebhookErrorKind};
use self::fetch::Published;
use self::keys::{KeySet, KeySource};
use self::token::Token;
use crate::transport::Transport;
use crate::{Error, ErrorKind, Result, SystemTimeSource, TimeSource};

/// Checks the token of a callback request; see the [module](self).
///
/// A clone shares the keys, and costs next to nothing. Where keys are fetched, verify within a Tokio
/// runtime with its timer enabled; elsewhere Tokio panics and says so.
#[derive(Clone)]
pub struct WebhookVerifier {
    audience: Arc<str>,
    keys: KeySource,
    time_source: Arc<dyn TimeSource>,
}

impl WebhookVerifier {
    /// A verifier of the callbacks of one ACS resource.
    ///
    /// `resource_id` is what the tokens name as their audience: the resource's immutable id, a GUID,
    /// and not the path of the resource in Azure. The keys come from the service's own address, over
    /// https: when first needed, when they are a day old, and when a token names a key that is not
    /// among them, but then at most every five minutes. While they cannot be had, those at hand
    /// stay in use, and the next attempt is made after half a minute.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    #[must_use]
    pub fn new(resource_id: impl Into<String>) -> Self {
        Self::with_transport(resource_id, fetch::Standard::default())
    }

    /// The same, fetching the keys another way: through a proxy, or from memory in a test.
    #[must_use]
    pub fn with_transport(resource_id: impl Into<String>, transport: impl Transport) -> Self {
        Self::from_source(resource_id.into(), KeySource::Published(Published::new(transport)))
    }

    /// A verifier with these keys and no others: a JSON Web Key Set (RFC 7517), as it is found at
    /// `https://acscallautomation.communication.azure.com/calling/keys`. Nothing is ever fetched.
    ///
    /// # Errors
    /// If the text is no key set, or holds no RSA key with an id.
    pub fn with_keys(
        resource_id: impl Into<String>,
        jwks_json: impl AsRef<[u8]>,
    ) -> Result<Self, Error> {
        let keys = KeySet::read(jwks_json.as_ref()).map_err(|reason| {
            Error::new(ErrorKind::Configuration, format!("the keys cannot be used: {reason}"))
        })?;
        Ok(Self::from_source(resource_id.into(), KeySource::Given(Arc::new(keys))))
    }

    fn from_source(resource_id: String, keys: KeySource) -> Self {
        Self { audience: resource_id.into(), keys, time_source: Arc::new(SystemTimeSource) }
    }

    /// Sets the source of the time of day, for tests.
    #[must_use]
    pub fn time_source(mut self, time_source: impl TimeSource) -> Self {
        self.time_source = Arc::new(time_source);
        self
    }

    /// Whether a request with this `Authorization` header comes from Call Automation and is for
    /// this resource. Give an empty text if the header is missing.
    ///
    /// Signature, issuer, audience and times are checked; a clock may be a minute wrong.
    ///
    /// # Errors
    /// [`WebhookErrorKind::NotAuthentic`] if it is not, to be answered with 401, and
    /// [`WebhookErrorKind::KeysUnavailable`] if that cannot be told now, to be answered with 503.
    /// The text says which check failed, for your log; it does not hold the token.
    pub async fn verify(&self, authorization: impl AsRef<[u8]>) -> Result<(), WebhookError> {
        let token = Token::read(authorization.as_ref())?;
        let key = self.keys.key(token.key_id()).await?;
        token.verify(&key)?.check(&self.audience, self.time_source.now().into())
    }
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier")
            .field("resource_id", &self.audience)
            .finish_non_exhaustive()
    }
}
