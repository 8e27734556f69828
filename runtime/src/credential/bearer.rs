//! A bearer token that is refreshed before it expires, for user tokens and Entra tokens.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::authorize::CredentialVersion;
use crate::ascii::all_bytes;
use crate::error::{Error, ErrorKind, Result};
use crate::refresh::{Freshness, Refreshed, Snapshot};
use crate::sources::TimeSource;
use crate::transport::Request;

/// A token, ready to be sent.
#[derive(Clone)]
pub(super) struct Token {
    /// `Bearer …`, or the reason why the text cannot be sent.
    value: Result<HeaderValue, &'static str>,
    expires_at: Option<OffsetDateTime>,
}

/// A function that fetches the next token.
pub(super) trait Refresher: Send + Sync {
    /// Fetches the token. The error is dropped, since its text may contain a secret.
    fn refresh(&self) -> Pin<Box<dyn Future<Output = Result<Token, ()>> + Send>>;
}

/// The current token, and the source of the next one.
pub(super) struct Bearer {
    /// The name of the token in errors.
    name: &'static str,
    refresher: Option<Box<dyn Refresher>>,
    /// How long before its expiry the token is refreshed.
    refresh_offset: Duration,
    current: Refreshed<Token, ()>,
    /// The last version that the service rejected, regardless of its expiry.
    rejected: AtomicU64,
}

impl Token {
    pub(super) fn new(text: &str, expires_at: Option<OffsetDateTime>) -> Self {
        Self { value: header_value(text), expires_at }
    }

    /// Whether the token is valid now and after `duration`. The clock is read only for a token that
    /// expires.
    fn is_valid_for(&self, duration: Duration, time: &dyn TimeSource) -> bool {
        self.expires_at
            .is_none_or(|expires_at| time.now().saturating_add(signed(duration)) < expires_at)
    }
}

impl Bearer {
    /// Creates a token that is not refreshed.
    pub(super) fn fixed(name: &'static str, token: Token) -> Self {
        let current = Refreshed::holding(token);
        let refresh_offset = Duration::ZERO;
        Self { name, refresher: None, refresh_offset, current, rejected: AtomicU64::new(0) }
    }

    /// Creates a token that `refresher` fetches when it is first needed.
    pub(super) fn refreshed(
        name: &'static str,
        refresh_offset: Duration,
        refresher: Box<dyn Refresher>,
    ) -> Self {
        let (refresher, current) = (Some(refresher), Refreshed::empty());
        Self { name, refresher, refresh_offset, current, rejected: AtomicU64::new(0) }
    }

    pub(super) fn set_refresh_offset(&mut self, refresh_offset: Duration) {
        self.refresh_offset = refresh_offset;
    }

    /// Reports what is wrong with the current token.
    pub(super) fn check(&self) -> Result<()> {
        match self.current.snapshot().value {
            Some((Token { value: Err(reason), .. }, _)) => {
                Err(Error::configuration(format!("the {} {reason}", self.name)))
            }
            _ => Ok(()),
        }
    }

    pub(super) async fn authorize(
        &self,
        request: &mut Request<'_>,
        time: &dyn TimeSource,
    ) -> Result<CredentialVersion> {
        let snapshot = match &self.refresher {
            None => self.current.snapshot(),
            Some(refresher) => {
                let freshness = |snapshot: &Snapshot<Token, ()>| self.freshness(snapshot, time);
                self.current.get(freshness, || refresher.refresh()).await
            }
        };
        let version = CredentialVersion::new(snapshot.version);
        request.headers_mut().insert(AUTHORIZATION, self.usable(snapshot, time)?);
        Ok(version)
    }

    pub(super) fn invalidate(&self, version: CredentialVersion) -> bool {
        // A fixed token has no successor: the service decides at each call whether it is valid.
        if self.refresher.is_none() {
            return false;
        }
        self.rejected.fetch_max(version.number(), Ordering::Relaxed);
        true
    }

    fn freshness(&self, snapshot: &Snapshot<Token, ()>, time: &dyn TimeSource) -> Freshness {
        let Some((token, _)) = &snapshot.value else {
            return Freshness::Outdated;
        };
        if self.is_rejected(snapshot) || !token.is_valid_for(Duration::ZERO, time) {
            return Freshness::Outdated;
        }
        match token.is_valid_for(self.refresh_offset, time) {
            true => Freshness::Fresh,
            false => Freshness::Due,
        }
    }

    fn is_rejected(&self, snapshot: &Snapshot<Token, ()>) -> bool {
        snapshot.version <= self.rejected.load(Ordering::Relaxed)
    }

    fn usable(&self, snapshot: Snapshot<Token, ()>, time: &dyn TimeSource) -> Result<HeaderValue> {
        let is_rejected = self.is_rejected(&snapshot);
        let reason = match snapshot.value {
            Some((token, _)) if !is_rejected && token.is_valid_for(Duration::ZERO, time) => {
                match token.value {
                    Ok(value) => return Ok(value),
                    Err(reason) => reason,
                }
            }
            _ if snapshot.failure.is_some() => "could not be refreshed: its refresher failed",
            Some(_) if is_rejected => "was rejected by the service; provide a new one",
            Some(_) => "has expired; provide a new one",
            None => "is missing: its refresher panicked",
        };
        Err(Error::new(ErrorKind::Credential, format!("the {} {reason}", self.name)))
    }
}

/// Adapts an asynchronous function to a [`Refresher`].
pub(super) struct RefreshFn<F>(pub(super) F);

impl<F, R, E> Refresher for RefreshFn<F>
where
    F: Fn() -> R + Send + Sync,
    R: Future<Output = Result<Token, E>> + Send + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    fn refresh(&self) -> Pin<Box<dyn Future<Output = Result<Token, ()>> + Send>> {
        let refreshing = (self.0)();
        Box::pin(async move { refreshing.await.map_err(drop) })
    }
}

fn header_value(token: &str) -> Result<HeaderValue, &'static str> {
    if token.is_empty() {
        return Err("is empty");
    }
    // `token68` of RFC 9110, section 11.2, is narrower; the service decides about other text.
    if !all_bytes(token, |byte| byte.is_ascii_graphic()) {
        return Err("has a space, a line break or another character that a token cannot contain");
    }
    // The bytes are erased when the last request that contains them is dropped.
    let text = Zeroizing::new(format!("Bearer {token}").into_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| "does not fit into a header")?;
    value.set_sensitive(true);
    Ok(value)
}

fn signed(duration: Duration) -> time::Duration {
    duration.try_into().unwrap_or(time::Duration::MAX)
}
