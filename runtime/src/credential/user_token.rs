//! User access token: a token of one ACS user.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::bearer::{Bearer, BoxError, Token, refresher};
use super::jwt;

/// A token that is about to expire may expire on its way.
const SHORT: Duration = Duration::from_secs(2 * 60);
/// How early [`UserToken::refresh_proactively`] asks for the next one.
const PROACTIVE: Duration = Duration::from_secs(10 * 60);

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
    pub(super) bearer: Arc<Bearer>,
}

impl UserToken {
    /// A token to be used until it expires.
    ///
    /// A text that no header can carry (empty, spaces, control characters) is refused when the
    /// client is built.
    #[must_use]
    pub fn new(token: impl Into<String>) -> Self {
        let bearer = Bearer::new("user token", SHORT, None);
        Self { bearer: Arc::new(bearer.holding(read(token.into()))) }
    }

    /// A token that `refresh` brings: when first needed, two minutes before it expires, and once
    /// when the service refuses it. Calls that wait for it share one refresh, and its failure;
    /// while the token at hand is valid, a failing refresh is ignored.
    #[must_use]
    pub fn with_refresher<F, R, E>(refresh: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let refresh = refresher(move || {
            let token = refresh();
            async move { token.await.map(read).map_err(Into::into) }
        });
        Self { bearer: Arc::new(Bearer::new("user token", SHORT, Some(refresh))) }
    }

    /// Refreshes ten minutes before expiry instead of two. Give it before the token is cloned: a
    /// token that is shared stays as it is.
    #[must_use]
    pub fn refresh_proactively(mut self) -> Self {
        if let Some(bearer) = Arc::get_mut(&mut self.bearer) {
            bearer.early = PROACTIVE;
        }
        self
    }
}

impl fmt::Debug for UserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserToken")
    }
}

fn read(text: String) -> Token {
    let text = Zeroizing::new(text);
    Token { expires: jwt::expiry(&text), text }
}
