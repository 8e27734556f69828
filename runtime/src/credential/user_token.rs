//! User access token: a bearer token, refreshed before it expires.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use http::header::AUTHORIZATION;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::{Generation, jwt};
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::transport::Request;

/// A token that is about to expire may expire on its way.
const SHORT: Duration = Duration::from_secs(2 * 60);
/// How early [`UserToken::refresh_proactively`] asks for the next one.
const PROACTIVE: Duration = Duration::from_secs(10 * 60);

type BoxError = Box<dyn StdError + Send + Sync>;
type Refresh =
    dyn Fn() -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send>> + Send + Sync;

/// An ACS user access token, sent as `Authorization: Bearer`.
///
/// The token is sent as it is. If it is a JWT, its `exp` claim is read to know when to refresh;
/// any other text is taken to be valid until the service says otherwise. Clones share the token.
///
/// ```
/// use acs_rest_runtime::UserToken;
///
/// let fixed = UserToken::new("eyJhbGciOiJ…");
/// let refreshed = UserToken::with_refresher(|| async {
///     // Ask your own server for a token of this user.
///     Ok::<_, std::io::Error>(String::from("eyJhbGciOiJ…"))
/// });
/// ```
#[derive(Clone)]
pub struct UserToken {
    shared: Arc<Shared>,
}

struct Shared {
    refresh: Option<Box<Refresh>>,
    early: Duration,
    current: RwLock<Current>,
    /// Held while refreshing: one refresh at a time. A cancelled holder lets the next one in.
    turn: Mutex<()>,
}

#[derive(Clone, Default)]
struct Current {
    /// `Bearer …`, made once for each token; an error names what is wrong with it.
    bearer: Option<Result<HeaderValue, &'static str>>,
    expires: Option<SystemTime>,
    /// How many tokens there have been, and failed attempts at one.
    generation: u64,
    failures: u64,
    last_failure: Option<Arc<str>>,
    /// The service refused it, whatever its expiry says.
    refused: bool,
}

impl UserToken {
    /// A token to be used until it expires.
    ///
    /// A text that no header can carry (empty, spaces, control characters) is refused when the
    /// client is built.
    #[must_use]
    pub fn new(token: impl Into<String>) -> Self {
        let mut current = Current::default();
        current.accept(token.into());
        Self::from_shared(None, SHORT, current)
    }

    /// A token that `refresh` brings: when first needed, two minutes before it expires, and once
    /// when the service refuses it. While the token at hand is valid, a failing refresh is ignored.
    #[must_use]
    pub fn with_refresher<F, R, E>(refresh: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let refresh = move || -> Pin<Box<dyn Future<Output = _> + Send>> {
            let token = refresh();
            Box::pin(async move { token.await.map_err(Into::into) })
        };
        Self::from_shared(Some(Box::new(refresh)), SHORT, Current::default())
    }

    /// Refreshes ten minutes before expiry instead of two. Give it before the token is used: a
    /// clone made earlier keeps its own time and token.
    #[must_use]
    pub fn refresh_proactively(self) -> Self {
        match Arc::try_unwrap(self.shared) {
            Ok(shared) => Self {
                shared: Arc::new(Shared {
                    early: PROACTIVE,
                    ..shared
                }),
            },
            Err(shared) => Self { shared },
        }
    }

    /// What is wrong with a fixed token.
    pub(crate) fn check(&self) -> Result<()> {
        match self.current().bearer {
            Some(Err(reason)) => Err(Error::configuration(format!("the user token {reason}"))),
            _ => Ok(()),
        }
    }

    pub(super) async fn authorize(
        &self,
        request: &mut Request<'_>,
        clock: &dyn Clock,
    ) -> Result<Generation> {
        let current = self.valid(clock).await?;
        match current.bearer {
            Some(Ok(bearer)) => request.headers.insert(AUTHORIZATION, bearer),
            Some(Err(reason)) => return Err(unusable(format!("the user token {reason}"))),
            None => return Err(unusable("there is no user token")),
        };
        Ok(Generation(current.generation))
    }

    pub(super) fn refused(&self, generation: Generation) -> bool {
        let mut current = self
            .shared
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let is_current = current.generation == generation.0;
        current.refused |= is_current;
        !is_current || self.shared.refresh.is_some()
    }

    /// The token at hand, after a refresh if it is due.
    async fn valid(&self, clock: &dyn Clock) -> Result<Current> {
        let before = self.current();
        let Some(refresh) = &self.shared.refresh else {
            return before.unless_expired(clock.now());
        };
        if before.lasts(clock.now(), self.shared.early) {
            return Ok(before);
        }
        let _turn = self.shared.turn.lock().await;
        let current = self.current();
        if current.generation != before.generation && !current.refused {
            return current.unless_expired(clock.now());
        }
        // Those who waited for a refresh that failed share its failure, rather than queue up.
        if current.failures == before.failures {
            let outcome = refresh().await;
            self.shared
                .current
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .settle(outcome);
        }
        self.current().unless_expired(clock.now())
    }

    fn current(&self) -> Current {
        self.shared
            .current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn from_shared(refresh: Option<Box<Refresh>>, early: Duration, current: Current) -> Self {
        let (current, turn) = (RwLock::new(current), Mutex::new(()));
        Self {
            shared: Arc::new(Shared {
                refresh,
                early,
                current,
                turn,
            }),
        }
    }
}

impl Current {
    /// Takes the next token, and wipes the text of it.
    fn accept(&mut self, token: String) {
        let token = Zeroizing::new(token);
        self.bearer = Some(bearer(&token));
        self.expires = jwt::expiry(&token);
        self.generation += 1;
        self.refused = false;
        self.last_failure = None;
    }

    fn settle(&mut self, outcome: Result<String, BoxError>) {
        match outcome {
            Ok(token) => self.accept(token),
            Err(_) => {
                self.failures += 1;
                // The refresher's own text may hold a secret.
                self.last_failure = Some("the refresher of the user token failed".into());
            }
        }
    }

    /// Whether it can be used without a refresh.
    fn lasts(&self, now: SystemTime, early: Duration) -> bool {
        self.bearer.is_some()
            && !self.refused
            && self
                .expires
                .is_none_or(|expires| now.checked_add(early).is_some_and(|now| now < expires))
    }

    fn unless_expired(self, now: SystemTime) -> Result<Self> {
        if self.bearer.is_some()
            && !self.refused
            && self.expires.is_none_or(|expires| now < expires)
        {
            return Ok(self);
        }
        Err(unusable(match (&self.last_failure, self.refused) {
            (Some(failure), _) => failure,
            (None, true) => "the service refused the user token; give a new one",
            (None, false) => "the user token has expired; give a new one",
        }))
    }
}

impl fmt::Debug for UserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserToken")
    }
}

fn unusable(text: impl Into<String>) -> Error {
    Error::new(ErrorKind::Credential, text)
}

fn bearer(token: &str) -> Result<HeaderValue, &'static str> {
    if token.is_empty() {
        return Err("is empty");
    }
    // `token68` of RFC 9110, section 11.2, is narrower; any visible text is the service's to judge.
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("holds a space, a line break or another character that no token has");
    }
    let text = Zeroizing::new(format!("Bearer {token}"));
    let mut value = HeaderValue::from_str(&text).map_err(|_| "does not fit a header")?;
    value.set_sensitive(true);
    Ok(value)
}
