//! User access tokens, each of which belongs to one ACS user.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::authorize::{AuthorizeFuture, Credential, CredentialVersion};
use super::bearer::{Bearer, RefreshFn, Token};
use super::jwt;
use crate::error::Result;
use crate::sources::TimeSource;
use crate::transport::Request;

/// How long before its expiry a token is refreshed: it could expire before the service reads it.
const REFRESH_OFFSET: Duration = Duration::from_secs(2 * 60);
/// The offset of [`UserToken::refresh_proactively`].
const PROACTIVE_REFRESH_OFFSET: Duration = Duration::from_secs(10 * 60);

/// An ACS user access token, sent as `Authorization: Bearer`.
///
/// The token is sent unchanged. If it is a JWT, its `exp` claim determines when it is refreshed;
/// any other text is valid until the service rejects it. Clones share the token.
///
/// ```
/// use acs_rest::UserToken;
///
/// let fixed = UserToken::new("eyJhbGciOiJ…");
/// let refreshed = UserToken::with_refresher(|| async {
///     // Ask your own server for a token of this user.
///     Ok::<_, std::io::Error>(String::from("eyJhbGciOiJ…"))
/// });
/// ```
#[derive(Clone)]
pub struct UserToken {
    bearer: Arc<Bearer>,
}

impl UserToken {
    /// Creates a credential from a token that is not refreshed.
    ///
    /// Building the client fails if the text cannot be sent in a header, because it is empty or
    /// contains spaces or control characters.
    #[must_use]
    pub fn new(token: impl Into<String>) -> Self {
        Self { bearer: Arc::new(Bearer::fixed("user token", read(token.into()))) }
    }

    /// Creates a credential that uses the tokens returned by `refresh`. The function is called when
    /// a token is first needed, two minutes before the token expires, and once when the service
    /// rejects the token.
    ///
    /// One refresh runs at a time, in a separate Tokio task. While the current token is valid,
    /// calls use it and do not wait. Without a valid token, they wait for the refresh, and all of
    /// them fail if it fails.
    #[must_use]
    pub fn with_refresher<F, R, E>(refresh: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        let refresher = RefreshFn(move || {
            let token = refresh();
            async move { token.await.map(read) }
        });
        let bearer = Bearer::refreshed("user token", REFRESH_OFFSET, Box::new(refresher));
        Self { bearer: Arc::new(bearer) }
    }

    /// Refreshes the token ten minutes before it expires, instead of two minutes. It has no effect
    /// if the credential has already been cloned.
    #[must_use]
    pub fn refresh_proactively(mut self) -> Self {
        if let Some(bearer) = Arc::get_mut(&mut self.bearer) {
            bearer.set_refresh_offset(PROACTIVE_REFRESH_OFFSET);
        }
        self
    }
}

impl Credential for UserToken {
    fn authorize<'a>(
        &'a self,
        request: &'a mut Request<'_>,
        time: &'a dyn TimeSource,
    ) -> AuthorizeFuture<'a> {
        Box::pin(self.bearer.authorize(request, time))
    }

    fn invalidate(&self, version: CredentialVersion) -> bool {
        self.bearer.invalidate(version)
    }

    fn check(&self) -> Result<()> {
        self.bearer.check()
    }
}

impl fmt::Debug for UserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserToken")
    }
}

fn read(text: String) -> Token {
    let text = Zeroizing::new(text);
    Token::new(&text, jwt::expiry(&text))
}
