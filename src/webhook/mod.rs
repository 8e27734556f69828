//! Authentication of the requests that Call Automation sends: callbacks and streaming sockets.
//!
//! Call Automation sends its events to the `callback_uri` of a call. That URL is public, and the
//! events are not signed, but every request contains a token (`Authorization: Bearer …`). The token
//! is a JWT that the service signs with RS256, names your resource as its audience, and is valid
//! for five minutes. A [`WebhookVerifier`] checks the token with the keys that the service
//! publishes:
//!
//! ```
//! use acs_rest::call_automation::events;
//! use acs_rest::http::{HeaderMap, StatusCode};
//! use acs_rest::webhook::WebhookVerifier;
//!
//! /// Answers a callback: its events are read once the request is known to be authentic.
//! async fn callback(verifier: &WebhookVerifier, headers: &HeaderMap, body: &[u8]) -> StatusCode {
//!     if let Err(error) = verifier.verify(headers).await {
//!         eprintln!("refused a callback: {error}");
//!         return error.kind().status(); // 401, or 503 while the keys are unavailable
//!     }
//!     let Ok(events) = events::parse(body) else { return StatusCode::BAD_REQUEST };
//!     for event in events.into_iter().flatten() {
//!         println!("{}", event.event_type);
//!     }
//!     StatusCode::OK
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> acs_rest::Result<()> {
//! # let keys = include_str!("../../tests/data/webhook/keys.json");
//! let resource_id = "0a1b2c3d-0000-4000-8000-000000000000";
//! let verifier = WebhookVerifier::new(resource_id); // fetches the keys when they are first needed
//! # let verifier = WebhookVerifier::with_keys(resource_id, keys)?;
//! assert_eq!(callback(&verifier, &HeaderMap::new(), b"[]").await, 401);
//! # Ok(())
//! # }
//! ```
//!
//! The token authenticates the sender, not the body; the integrity of the body relies on TLS. A
//! token is valid until it expires, and a request can be replayed within that time.
//!
//! A simpler alternative does not need the keys of the service: [`WebhookUrls`] creates a URL for
//! each call that is signed with a secret of your own. However, proxies on the path may log the
//! URL. `Webhooks` (with the feature `event-processor`) combines both, and responds to the
//! requests.
//!
//! Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint>.

mod error;
mod fetch;
#[cfg(feature = "event-processor")]
mod forward;
mod jwt;
mod keys;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod lazy_transport;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "event-processor")]
mod tasks;
mod upgrade;
mod url;
mod urls;
#[cfg(feature = "event-processor")]
mod webhooks;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header::AUTHORIZATION;

pub use self::error::{WebhookError, WebhookErrorKind};
use self::fetch::PublishedKeys;
#[cfg(feature = "event-processor")]
pub use self::forward::{EventForwarder, ForwardFuture, Forwarded};
use self::jwt::{Expected, Token};
use self::keys::KeySet;
#[cfg(feature = "redis")]
pub use self::redis::RedisForwarder;
pub use self::upgrade::StreamingUpgrade;
use self::url::KeysUrl;
pub use self::urls::{CheckedUrl, WebhookRoute, WebhookUrls};
#[cfg(feature = "event-processor")]
pub use self::webhooks::Webhooks;
use crate::__private::{RsaPublicKey, transport_of};
use crate::transport::Transport;
use crate::{Client, Cloud, Error, ErrorKind, Result, SystemTimeSource, TimeSource};

/// Checks the token of a request from Call Automation; see the [module](self).
///
/// Clones are cheap and share the keys. A verifier that fetches keys needs a Tokio runtime with its
/// timer enabled; without one, Tokio panics.
#[derive(Clone)]
pub struct WebhookVerifier {
    audience: Arc<str>,
    issuer: Arc<str>,
    keys: KeySource,
    max_token_age: Option<Duration>,
    time: Arc<dyn TimeSource>,
}

/// The source of the keys of a verifier.
#[derive(Clone)]
enum KeySource {
    Given(Arc<KeySet>),
    Published(PublishedKeys),
}

impl WebhookVerifier {
    /// Creates a verifier for one ACS resource in the public cloud.
    ///
    /// `resource_id` is the audience of the tokens: the immutable id of the resource, which is a
    /// GUID and not the Azure resource path. The keys are fetched over https when they are first
    /// needed, when they are a day old, and at most every five minutes if a token names an unknown
    /// key. If a fetch fails, the previous keys remain in use, and the next attempt is made after
    /// 30 seconds.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    #[must_use]
    pub fn new(resource_id: impl Into<String>) -> Self {
        Self::with_transport(resource_id, lazy_transport::LazyTransport::default())
    }

    /// Creates a verifier that fetches the keys with the given transport, for example through a
    /// proxy, or from memory in a test.
    #[must_use]
    pub fn with_transport(resource_id: impl Into<String>, transport: impl Transport) -> Self {
        let url = keys_url(Cloud::Public);
        let keys = PublishedKeys::new(Arc::new(transport), url);
        Self::from_source(resource_id.into(), KeySource::Published(keys))
    }

    /// Creates a verifier for the resource of a client. It fetches the keys with the client's
    /// transport, including its proxy, and expects tokens of the client's [cloud](Client::cloud).
    ///
    /// ```
    /// use acs_rest::webhook::WebhookVerifier;
    /// use acs_rest::{AccessKey, Client};
    ///
    /// let client = Client::builder("https://contoso.communication.azure.us", AccessKey::new("pw==")?)
    ///     .proxy("http://proxy.contoso.example:3128")
    ///     .build()?;
    /// let verifier = WebhookVerifier::for_client(&client, "0a1b2c3d-0000-4000-8000-000000000000");
    /// # Ok::<(), acs_rest::Error>(())
    /// ```
    #[must_use]
    pub fn for_client(client: &Client, resource_id: impl Into<String>) -> Self {
        let keys = PublishedKeys::new(transport_of(client), keys_url(client.cloud()));
        let verifier = Self::from_source(resource_id.into(), KeySource::Published(keys));
        verifier.issuer(client.cloud().token_issuer())
    }

    /// Creates a verifier with fixed keys: a JSON Web Key Set (RFC 7517), such as the one at
    /// [`Cloud::signing_keys_url`]. No key is ever fetched.
    ///
    /// # Errors
    /// If the text is not a key set, or contains no RSA key with an id.
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
        Self {
            audience: resource_id.into(),
            issuer: Cloud::Public.token_issuer().into(),
            keys,
            max_token_age: None,
            time: Arc::new(SystemTimeSource),
        }
    }

    /// Sets the cloud of the resource: the [issuer](Cloud::token_issuer) of the tokens, and the
    /// [address](Cloud::signing_keys_url) of the keys.
    #[must_use]
    pub fn cloud(self, cloud: Cloud) -> Self {
        self.keys_at(keys_url(cloud)).issuer(cloud.token_issuer())
    }

    /// Sets the issuer (`iss`) of the tokens.
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = issuer.into().into();
        self
    }

    /// Sets the URL from which the keys are fetched: https, or http on loopback. It has no effect
    /// on a verifier with fixed keys.
    ///
    /// # Errors
    /// If the text is not such a URL.
    pub fn signing_keys_url(self, url: impl AsRef<str>) -> Result<Self> {
        Ok(self.keys_at(KeysUrl::parse(url.as_ref())?))
    }

    fn keys_at(mut self, url: KeysUrl) -> Self {
        if let KeySource::Published(keys) = &mut self.keys {
            *keys = keys.at(url);
        }
        self
    }

    /// Refuses tokens that are older than `age`. By default, a token is valid until it expires:
    /// after five minutes for callbacks, and 24 hours for streaming sockets.
    ///
    /// The issue time is the claim `iat`, or `nbf` if `iat` is absent. A token with neither claim
    /// is refused.
    #[must_use]
    pub fn max_token_age(mut self, age: Duration) -> Self {
        self.max_token_age = Some(age);
        self
    }

    /// Sets the source of the time of day, for tests.
    #[must_use]
    pub fn time_source(mut self, time: impl TimeSource) -> Self {
        self.time = Arc::new(time);
        self
    }

    /// Checks that a request with these headers comes from Call Automation and is for this
    /// resource.
    ///
    /// The signature, the issuer, the audience and the times of the token are checked, with a
    /// tolerance of one minute for the clock.
    ///
    /// # Errors
    /// [`WebhookErrorKind::NotAuthentic`] if one of these checks fails; respond with 401.
    /// [`WebhookErrorKind::KeysUnavailable`] if the required keys are unavailable; respond with
    /// 503. The text names the failed check, for your log. It does not contain the token.
    pub async fn verify(&self, headers: &HeaderMap) -> Result<(), WebhookError> {
        let mut authorization = headers.get_all(AUTHORIZATION).iter();
        let value = authorization.next().map(|value| value.as_bytes()).unwrap_or_default();
        if authorization.next().is_some() {
            let text = "there is more than one `Authorization` header";
            return Err(WebhookError::not_authentic(text));
        }
        let token = Token::read(value)?;
        let key = self.key(token.key_id()).await?;
        token.verify(&key)?.check(&Expected {
            issuer: &self.issuer,
            audience: &self.audience,
            max_age: self.max_token_age,
            now: self.time.now(),
        })
    }

    /// Checks the request that opens a streaming socket, and returns the ids of its call. Its token
    /// is like that of a callback, but valid for 24 hours.
    ///
    /// ```
    /// use acs_rest::http::{HeaderMap, StatusCode};
    /// use acs_rest::webhook::WebhookVerifier;
    ///
    /// /// The status of the answer to the upgrade request: 101 accepts it.
    /// async fn open(verifier: &WebhookVerifier, headers: &HeaderMap) -> StatusCode {
    ///     match verifier.verify_upgrade(headers).await {
    ///         Ok(upgrade) => {
    ///             println!("audio of the call {:?}", upgrade.call_connection_id);
    ///             StatusCode::SWITCHING_PROTOCOLS
    ///         }
    ///         Err(error) => error.kind().status(),
    ///     }
    /// }
    /// # drop(open);
    /// ```
    ///
    /// # Errors
    /// As for [`verify`](Self::verify).
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint>.
    pub async fn verify_upgrade(
        &self,
        headers: &HeaderMap,
    ) -> Result<StreamingUpgrade, WebhookError> {
        self.verify(headers).await?;
        StreamingUpgrade::read(headers)
    }

    async fn key(&self, id: &str) -> Result<RsaPublicKey, WebhookError> {
        match &self.keys {
            KeySource::Given(keys) => keys.require(id, "is not among those given").cloned(),
            KeySource::Published(published) => published.key(id).await,
        }
    }
}

fn keys_url(cloud: Cloud) -> KeysUrl {
    KeysUrl::parse(cloud.signing_keys_url()).expect("the clouds have https URLs")
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier")
            .field("resource_id", &self.audience)
            .finish_non_exhaustive()
    }
}
