//! The keys that the service publishes, which are fetched on demand and once for all callers.

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::error::WebhookError;
use super::keys::KeySet;
use super::url::KeysUrl;
use crate::__private::{Freshness, Refreshed, RsaPublicKey, Snapshot};
use crate::transport::{Request, Transport};

/// The timeout from the connection to the last byte.
const FETCH_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest response, in bytes. A key set has a few KiB.
const MAX_RESPONSE_LENGTH: usize = 256 * 1024;
/// The age at which keys are fetched again.
const KEY_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
/// The minimum age of the keys at which a token with an unknown key causes another fetch, since
/// anyone can forge such a token.
const UNKNOWN_KEY_PAUSE: Duration = Duration::from_secs(5 * 60);
/// The time between a failure and the next attempt.
const FAILURE_PAUSE: Duration = Duration::from_secs(30);

/// The published keys. Clones share them.
#[derive(Clone)]
pub(super) struct PublishedKeys {
    transport: Arc<dyn Transport>,
    url: KeysUrl,
    keys: Refreshed<Arc<KeySet>, WebhookError>,
}

impl PublishedKeys {
    pub(super) fn new(transport: Arc<dyn Transport>, url: KeysUrl) -> Self {
        Self { transport, url, keys: Refreshed::empty() }
    }

    /// Returns the keys at another URL.
    pub(super) fn at(&self, url: KeysUrl) -> Self {
        Self::new(Arc::clone(&self.transport), url)
    }

    /// Returns the key with the given id, after a fetch if one is due.
    pub(super) async fn key(&self, id: &str) -> Result<RsaPublicKey, WebhookError> {
        let freshness = |snapshot: &Snapshot<_, _>| freshness(snapshot, id);
        let fetch = || fetch(Arc::clone(&self.transport), self.url.clone());
        let snapshot = self.keys.get(freshness, fetch).await;
        let keys = snapshot.value.as_ref().map(|(keys, _)| keys);
        match (keys.and_then(|keys| keys.get(id)), snapshot.failure, keys) {
            (Some(key), _, _) => Ok(key.clone()),
            // The key may be a new one.
            (None, Some((error, _)), _) => Err(error),
            (None, None, None) => Err(WebhookError::keys_unavailable("the transport panicked")),
            (None, None, Some(keys)) => keys.require(id, "the service does not publish").cloned(),
        }
    }
}

/// Whether the keys can be used to find the key with the given id.
fn freshness(snapshot: &Snapshot<Arc<KeySet>, WebhookError>, id: &str) -> Freshness {
    let now = Instant::now();
    if snapshot.failure.as_ref().is_some_and(|(_, failed)| now - *failed < FAILURE_PAUSE) {
        return Freshness::Fresh;
    }
    let Some((keys, fetched)) = &snapshot.value else { return Freshness::Outdated };
    let age = now - *fetched;
    match keys.get(id) {
        Some(_) if age >= KEY_LIFETIME => Freshness::Due,
        None if age >= UNKNOWN_KEY_PAUSE => Freshness::Outdated,
        _ => Freshness::Fresh,
    }
}

async fn fetch(transport: Arc<dyn Transport>, url: KeysUrl) -> Result<Arc<KeySet>, WebhookError> {
    let late =
        || WebhookError::keys_unavailable(format_args!("no response within {FETCH_TIMEOUT:?}"));
    let json = timeout(FETCH_TIMEOUT, download(&*transport, &url)).await;
    let keys = json.unwrap_or_else(|_| Err(late())).and_then(|json| {
        KeySet::read(&json).map_err(|reason| {
            WebhookError::keys_unavailable(format_args!("in the response, {reason}"))
        })
    });
    // Callers do not receive the error while older keys are usable.
    keys.map(Arc::new).inspect_err(|error| warn!(error = %error, "webhook keys not refreshed"))
}

async fn download(transport: &dyn Transport, url: &KeysUrl) -> Result<Vec<u8>, WebhookError> {
    let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
    let request =
        Request::new(Method::GET, url.endpoint(), url.target(), headers, Default::default());
    let response = transport.send(request).await.map_err(unavailable)?;
    if response.status() != StatusCode::OK {
        let text = format!("{url} answered {}; expected 200", response.status());
        return Err(WebhookError::keys_unavailable(text));
    }
    let mut body = response.into_body();
    let mut json = Vec::new();
    while let Some(chunk) = body.next().await {
        json.extend_from_slice(&chunk.map_err(unavailable)?);
        if json.len() > MAX_RESPONSE_LENGTH {
            let text = format!("the response is larger than {} KiB", MAX_RESPONSE_LENGTH >> 10);
            return Err(WebhookError::keys_unavailable(text));
        }
    }
    Ok(json)
}

fn unavailable(error: impl std::error::Error + Send + Sync + 'static) -> WebhookError {
    WebhookError::keys_unavailable(&error as &dyn Display).with_source(error)
}
