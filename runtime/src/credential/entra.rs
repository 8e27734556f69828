//! Microsoft Entra ID, with any credential of the Azure SDK.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::TokenCredential;
use zeroize::Zeroizing;

use super::authorize::{AuthorizeFuture, Credential, CredentialVersion};
use super::bearer::{Bearer, RefreshFn, Token};
use crate::sources::TimeSource;
use crate::transport::Request;

/// The libraries of the service send the double slash too.
const SCOPE: &str = "https://communication.azure.com//.default";
/// How long before its expiry a token is refreshed, as in the Azure SDKs.
const REFRESH_OFFSET: Duration = Duration::from_secs(5 * 60);

/// A credential of the Azure SDK (feature `entra`). Clones share the token.
///
/// ```no_run
/// # use acs_rest_runtime as acs_rest;
/// # fn example(azure: std::sync::Arc<dyn azure_core::credentials::TokenCredential>) -> acs_rest::Result<()> {
/// use acs_rest::{Client, EntraCredential};
///
/// // `azure` is any `TokenCredential`, such as `azure_identity::ManagedIdentityCredential`.
/// let credential = EntraCredential::new(azure);
/// let client = Client::new("https://contoso.communication.azure.com", credential)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct EntraCredential {
    bearer: Arc<Bearer>,
}

impl EntraCredential {
    /// Creates a credential that requests tokens from `credential`, with the scope of Azure
    /// Communication Services, `https://communication.azure.com//.default`.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self::with_scope(credential, SCOPE)
    }

    /// Creates a credential that requests tokens from `credential` with another scope, for another
    /// cloud.
    pub fn with_scope(credential: Arc<dyn TokenCredential>, scope: impl Into<String>) -> Self {
        let scope: Arc<str> = scope.into().into();
        let refresher = RefreshFn(move || {
            let (credential, scope) = (Arc::clone(&credential), Arc::clone(&scope));
            async move { token(&*credential, &scope).await }
        });
        let bearer = Bearer::refreshed("Entra token", REFRESH_OFFSET, Box::new(refresher));
        Self { bearer: Arc::new(bearer) }
    }
}

async fn token(credential: &dyn TokenCredential, scope: &str) -> azure_core::Result<Token> {
    let token = credential.get_token(&[scope], None).await?;
    let text = Zeroizing::new(token.token.secret().to_owned());
    Ok(Token::new(&text, Some(token.expires_on)))
}

impl Credential for EntraCredential {
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
}

impl fmt::Debug for EntraCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntraCredential")
    }
}

#[cfg(test)]
mod tests {
    use azure_core::credentials::{AccessToken, TokenRequestOptions};
    use http::header::AUTHORIZATION;
    use http::{HeaderMap, Method};
    use std::sync::atomic::{AtomicU32, Ordering};
    use time::OffsetDateTime;

    use super::*;
    use crate::sources::SystemTimeSource;

    /// Returns tokens with that lifetime, and counts them.
    #[derive(Debug)]
    struct Fake(Duration, AtomicU32);

    #[async_trait::async_trait]
    impl TokenCredential for Fake {
        async fn get_token(
            &self,
            scopes: &[&str],
            _: Option<TokenRequestOptions<'_>>,
        ) -> azure_core::Result<AccessToken> {
            assert_eq!(scopes, [SCOPE]);
            let number = self.1.fetch_add(1, Ordering::Relaxed);
            Ok(AccessToken::new(format!("token{number}"), OffsetDateTime::now_utc() + self.0))
        }
    }

    async fn authorized(credential: &EntraCredential) -> String {
        let endpoint = "https://contoso.example".parse().unwrap();
        let mut request =
            Request::new(Method::GET, &endpoint, "/", HeaderMap::new(), Default::default());
        credential.authorize(&mut request, &SystemTimeSource).await.unwrap();
        request.headers()[AUTHORIZATION].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn a_token_is_used_until_it_is_due() {
        let hour = EntraCredential::new(Arc::new(Fake(Duration::from_secs(3600), 0.into())));
        assert_eq!(authorized(&hour).await, "Bearer token0");
        assert_eq!(authorized(&hour).await, "Bearer token0");
        let minute = EntraCredential::new(Arc::new(Fake(Duration::from_secs(60), 0.into())));
        assert_eq!(authorized(&minute).await, "Bearer token0");
        assert_eq!(authorized(&minute).await, "Bearer token0", "used while the next is fetched");
        tokio::task::yield_now().await;
        assert_eq!(authorized(&minute).await, "Bearer token1");
    }
}
