//! A bearer token that is refreshed before it expires: what user tokens and Entra tokens share.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::HeaderValue;
use tokio::sync::Mutex;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::Generation;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::scan::all;

/// How long a call waits for a new token while the one at hand is valid.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;
pub(super) type Refreshing = Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send>>;
pub(super) type Refresh = dyn Fn() -> Refreshing + Send + Sync;

/// A token's text, wiped on drop, and when it expires, if that is known.
pub(super) struct Token {
    pub(super) text: Zeroizing<String>,
    pub(super) expires: Option<SystemTime>,
}

/// The token at hand, and where the next one comes from.
pub(super) struct Bearer {
    /// What an error calls the token.
    pub(super) name: &'static str,
    pub(super) refresh: Option<Box<Refresh>>,
    /// How long before expiry the next one is brought.
    pub(super) early: Duration,
    current: RwLock<Current>,
    /// Held while refreshing: one refresh at a time. A cancelled holder lets the next one in.
    turn: Mutex<()>,
}

#[derive(Clone, Default)]
struct Current {
    /// `Bearer …`, made once for each token; an error names what is wrong with it.
    value: Option<Result<HeaderValue, &'static str>>,
    expires: Option<SystemTime>,
    /// How many tokens there have been, and failed attempts at one.
    generation: u64,
    failures: u64,
    /// Why the last refresh brought none.
    failed: bool,
    /// The service refused it, whatever its expiry says.
    refused: bool,
}

impl Bearer {
    pub(super) fn new(name: &'static str, early: Duration, refresh: Option<Box<Refresh>>) -> Self {
        Self { name, refresh, early, current: RwLock::default(), turn: Mutex::default() }
    }

    /// The same with a token at hand.
    pub(super) fn holding(self, token: Token) -> Self {
        self.update(|current| current.accept(token));
        self
    }

    /// What is wrong with the token at hand.
    pub(super) fn check(&self) -> Result<()> {
        match self.current().value {
            Some(Err(reason)) => Err(Error::configuration(format!("the {} {reason}", self.name))),
            _ => Ok(()),
        }
    }

    /// The value of `Authorization`.
    pub(super) async fn token(&self, clock: &dyn Clock) -> Result<(HeaderValue, Generation)> {
        let current = self.valid(clock).await?;
        match current.value {
            Some(Ok(value)) => Ok((value, Generation(current.generation))),
            Some(Err(reason)) => Err(self.unusable(reason)),
            None => Err(self.unusable("is missing")),
        }
    }

    /// Takes note that the service refused the token; whether there is, or may be, a newer one.
    pub(super) fn refused(&self, generation: Generation) -> bool {
        // A fixed token has no successor: whether it is refused is the service's to say each time.
        if self.refresh.is_none() {
            return false;
        }
        self.update(|current| current.refused |= current.generation == generation.0);
        true
    }

    /// The token at hand, after a refresh if it is due.
    async fn valid(&self, clock: &dyn Clock) -> Result<Current> {
        let before = self.current();
        let Some(refresh) = &self.refresh else { return self.usable(before, clock) };
        if before.lasts(clock, self.early) {
            return Ok(before);
        }
        // Boxed: few calls come here, and the future of each would hold the state of this.
        Box::pin(self.renewed(before, refresh, clock)).await
    }

    async fn renewed(
        &self,
        before: Current,
        refresh: &Refresh,
        clock: &dyn Clock,
    ) -> Result<Current> {
        let is_usable = before.lasts(clock, Duration::ZERO);
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            // Another call is at it already, and this one need not wait.
            Err(_) if is_usable => return Ok(before),
            Err(_) => self.turn.lock().await,
        };
        let current = self.current();
        // Those who waited share what the refresh brought, or its failure, rather than queue up.
        let is_news = current.generation != before.generation && !current.refused;
        if !is_news && current.failures == before.failures {
            let patience = if is_usable { PATIENCE } else { Duration::MAX };
            let outcome = timeout(patience, refresh()).await;
            let outcome = outcome.unwrap_or_else(|late| Err(late.into()));
            self.update(|current| current.settle(outcome));
        }
        self.usable(self.current(), clock)
    }

    fn usable(&self, current: Current, clock: &dyn Clock) -> Result<Current> {
        if current.lasts(clock, Duration::ZERO) {
            return Ok(current);
        }
        Err(self.unusable(match (current.failed, current.refused) {
            (true, _) => "cannot be had: its refresher failed",
            (false, true) => "was refused by the service; give a new one",
            (false, false) => "has expired; give a new one",
        }))
    }

    fn unusable(&self, reason: &str) -> Error {
        Error::new(ErrorKind::Credential, format!("the {} {reason}", self.name))
    }

    fn current(&self) -> Current {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn update<T>(&self, change: impl FnOnce(&mut Current) -> T) -> T {
        change(&mut self.current.write().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Current {
    fn accept(&mut self, token: Token) {
        self.value = Some(header_value(&token.text));
        self.expires = token.expires;
        self.generation += 1;
        self.refused = false;
        self.failed = false;
    }

    /// The refresher's own error is dropped: its text may hold a secret.
    fn settle(&mut self, outcome: Result<Token, BoxError>) {
        match outcome {
            Ok(token) => self.accept(token),
            Err(_) => {
                self.failures += 1;
                self.failed = true;
            }
        }
    }

    /// Whether it can be used, and still can after that long; the clock is read only for a token
    /// that expires.
    fn lasts(&self, clock: &dyn Clock, early: Duration) -> bool {
        let is_later =
            |expires| clock.now().checked_add(early).is_some_and(|later| later < expires);
        self.value.is_some() && !self.refused && self.expires.is_none_or(is_later)
    }
}

/// Boxes a refresher, as [`Bearer`] keeps it.
pub(super) fn refresher<R>(refresh: impl Fn() -> R + Send + Sync + 'static) -> Box<Refresh>
where
    R: Future<Output = Result<Token, BoxError>> + Send + 'static,
{
    Box::new(move || -> Refreshing { Box::pin(refresh()) })
}

fn header_value(token: &str) -> Result<HeaderValue, &'static str> {
    if token.is_empty() {
        return Err("is empty");
    }
    // `token68` of RFC 9110, section 11.2, is narrower; any visible text is the service's to judge.
    if !all(token, |byte| byte.is_ascii_graphic()) {
        return Err("holds a space, a line break or another character that no token has");
    }
    // The bytes are wiped when the last request that carries them is gone.
    let text = Zeroizing::new(format!("Bearer {token}").into_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| "does not fit a header")?;
    value.set_sensitive(true);
    Ok(value)
}
