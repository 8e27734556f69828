//! The keys that the service publishes: fetched when needed, seldom, and by one at a time.

use std::fmt::Display;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use jsonwebtoken::DecodingKey;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::error::{WebhookError, quoted};
use super::keys::KeySet;
use crate::transport::{Request, Transport};

const ORIGIN: &str = "https://acscallautomation.communication.azure.com";
const PATH: &str = "/calling/keys";
/// For one fetch, from the connection to the last byte.
const TIMEOUT: Duration = Duration::from_secs(10);
/// A key set has a few KiB; a larger answer than this is none, in bytes.
const LARGEST: usize = 256 * 1024;
/// How old keys become before they are fetched again.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
/// How old keys must be for a token with an unknown key to have them fetched again: anyone can make
/// up such a token.
const PAUSE: Duration = Duration::from_secs(5 * 60);
/// How long after a failure the next attempt is made.
const RETRY: Duration = Duration::from_secs(30);

/// The published keys. Clones share them.
#[derive(Clone)]
pub(super) struct Published(Arc<Shared>);

struct Shared {
    transport: Box<dyn Transport>,
    state: RwLock<State>,
    /// Held while fetching: one fetch at a time.
    turn: Arc<Mutex<()>>,
}

#[derive(Default)]
struct State {
    /// The last good keys, and when they were fetched.
    keys: Option<(KeySet, Instant)>,
    /// Why the last fetch brought none, and when that was.
    failed: Option<(WebhookError, Instant)>,
}

impl Published {
    pub(super) fn new(transport: impl Transport) -> Self {
        let transport = Box::new(transport);
        Self(Arc::new(Shared { transport, state: RwLock::default(), turn: Arc::default() }))
    }

    /// The key with that id, after a fetch if one is due.
    pub(super) async fn key(&self, id: &str) -> Result<DecodingKey, WebhookError> {
        if self.0.is_due(id) {
            match self.0.read(|state| state.knows(id)) {
                // The key at hand does: nobody waits for its successor.
                true => self.refresh_aside(),
                false => self.refresh(id).await,
            }
        }
        self.0.read(|state| state.key(id))
    }

    fn refresh_aside(&self) {
        if let Ok(turn) = Arc::clone(&self.0.turn).try_lock_owned() {
            drop(self.fetch(turn));
        }
    }

    async fn refresh(&self, id: &str) {
        let turn = Arc::clone(&self.0.turn).lock_owned().await;
        // Those who waited share what the fetch brought, or its failure.
        if !self.0.is_due(id) {
            return;
        }
        // It fails only if the transport panics; the state then is what it was.
        let _ = self.fetch(turn).await;
    }

    /// A task of its own: a sender who hangs up neither ends the fetch nor frees the turn.
    fn fetch(&self, turn: OwnedMutexGuard<()>) -> JoinHandle<()> {
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            let outcome = shared.fetch().await;
            shared.settle(outcome);
            drop(turn);
        })
    }
}

impl Shared {
    async fn fetch(&self) -> Result<KeySet, WebhookError> {
        let late = || WebhookError::keys_unavailable(format_args!("no answer within {TIMEOUT:?}"));
        let json = timeout(TIMEOUT, self.download()).await.unwrap_or_else(|_| Err(late()))?;
        KeySet::read(&json).map_err(|reason| {
            WebhookError::keys_unavailable(format_args!("in the answer, {reason}"))
        })
    }

    async fn download(&self) -> Result<Vec<u8>, WebhookError> {
        let endpoint = ORIGIN.parse().map_err(unavailable)?;
        let headers =
            HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
        let request = Request::new(Method::GET, &endpoint, PATH, headers, Default::default());
        let answer = self.transport.send(request).await.map_err(unavailable)?;
        if answer.status() != StatusCode::OK {
            let text = format!("{ORIGIN}{PATH} answered {}; expected 200", answer.status());
            return Err(WebhookError::keys_unavailable(text));
        }
        let mut body = answer.into_body();
        let mut json = Vec::new();
        while let Some(chunk) = body.next().await {
            json.extend_from_slice(&chunk.map_err(unavailable)?);
            if json.len() > LARGEST {
                let text = format!("the answer is larger than {} KiB", LARGEST >> 10);
                return Err(WebhookError::keys_unavailable(text));
            }
        }
        Ok(json)
    }

    fn settle(&self, outcome: Result<KeySet, WebhookError>) {
        let now = Instant::now();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok(keys) => *state = State { keys: Some((keys, now)), failed: None },
            Err(error) => {
                // Nobody is told otherwise while older keys do.
                warn!(error = %error, "webhook keys not refreshed");
                state.failed = Some((error, now));
            }
        }
    }

    fn is_due(&self, id: &str) -> bool {
        let now = Instant::now();
        self.read(|state| state.is_due(id, now))
    }

    fn read<T>(&self, question: impl FnOnce(&State) -> T) -> T {
        question(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    /// Whether the keys are to be fetched before one with that id is looked for.
    fn is_due(&self, id: &str, now: Instant) -> bool {
        if self.failed.as_ref().is_some_and(|(_, failed)| now - *failed < RETRY) {
            return false;
        }
        self.keys.as_ref().is_none_or(|(keys, fetched)| {
            let life = if keys.get(id).is_some() { LIFETIME } else { PAUSE };
            now - *fetched >= life
        })
    }

    fn knows(&self, id: &str) -> bool {
        self.keys.as_ref().is_some_and(|(keys, _)| keys.get(id).is_some())
    }

    fn key(&self, id: &str) -> Result<DecodingKey, WebhookError> {
        let known = self.keys.as_ref().and_then(|(keys, _)| keys.get(id));
        match (known, &self.failed) {
            (Some(key), _) => Ok(key.clone()),
            // The key may be a new one.
            (None, Some((error, _))) => Err(error.clone()),
            (None, None) if self.keys.is_none() => {
                Err(WebhookError::keys_unavailable("the transport gave up"))
            }
            (None, None) => {
                let id = quoted(id);
                let text =
                    format!("the token names the key {id}, which the service does not publish");
                Err(WebhookError::not_authentic(text))
            }
        }
    }
}

fn unavailable(error: impl std::error::Error + Send + Sync + 'static) -> WebhookError {
    WebhookError::keys_unavailable(&error as &dyn Display).with_source(error)
}

#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
use crate::transport::HyperTransport as Own;
#[cfg(feature = "reqwest")]
use crate::transport::ReqwestTransport as Own;

/// The runtime's own transport, made when it is first needed.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
#[derive(Debug, Default)]
pub(super) struct Standard(std::sync::OnceLock<Own>);

#[cfg(any(feature = "reqwest", feature = "hyper"))]
impl Standard {
    fn transport(&self) -> crate::Result<&Own> {
        // Sooner than the fetch, so that no connection is told from no answer.
        const CONNECT: Duration = Duration::from_secs(5);
        if let Some(made) = self.0.get() {
            return Ok(made);
        }
        let made = Own::with_connect_timeout(CONNECT)?;
        Ok(self.0.get_or_init(|| made))
    }
}

#[cfg(any(feature = "reqwest", feature = "hyper"))]
impl Transport for Standard {
    fn send<'a>(&'a self, request: Request<'a>) -> crate::transport::SendFuture<'a> {
        match self.transport() {
            Ok(transport) => transport.send(request),
            Err(error) => Box::pin(async { Err(crate::transport::TransportError::connect(error)) }),
        }
    }
}
