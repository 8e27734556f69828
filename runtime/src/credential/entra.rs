//! Microsoft Entra ID: any credential of the Azure SDK.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::TokenCredential;
use zeroize::Zeroizing;

use super::Credential;
use super::bearer::{Bearer, BoxError, Token, refresher};

/// The double slash is what the service's own libraries send.
const SCOPE: &str = "https://communication.azure.com//.default";
/// How long before expiry the next token is asked for, as the Azure SDKs do.
const EARLY: Duration = Duration::from_secs(5 * 60);

/// A credential of the Azure SDK, and the token it last gave.
///
/// `Client::new(endpoint, credential)` takes any `Arc` of an azure_core [`TokenCredential`].
#[derive(Clone)]
pub struct EntraCredential {
    pub(super) bearer: Arc<Bearer>,
}

impl EntraCredential {
    /// Asks `credential` for tokens with the scope of Azure Communication Services.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        let refresh = refresher(move || {
            let credential = Arc::clone(&credential);
            async move { token(&*credential).await }
        });
        Self { bearer: Arc::new(Bearer::new("Entra token", EARLY, Some(refresh))) }
    }
}

async fn token(credential: &dyn TokenCredential) -> Result<Token, BoxError> {
    let token = credential.get_token(&[SCOPE], None).await?;
    let text = Zeroizing::new(token.token.secret().to_owned());
    Ok(Token { text, expires: Some(token.expires_on.into()) })
}

impl fmt::Debug for EntraCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntraCredential")
    }
}

impl From<Arc<dyn TokenCredential>> for Credential {
    fn from(credential: Arc<dyn TokenCredential>) -> Self {
        Self::Entra(EntraCredential::new(credential))
    }
}

impl<C: TokenCredential + 'static> From<Arc<C>> for Credential {
    fn from(credential: Arc<C>) -> Self {
        Self::Entra(EntraCredential::new(credential))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::SystemTime;

    use azure_core::credentials::{AccessToken, TokenRequestOptions};

    use super::*;
    use crate::clock::SystemClock;

    /// Gives tokens that last so long, and counts them.
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
            Ok(AccessToken::new(format!("token{number}"), (SystemTime::now() + self.0).into()))
        }
    }

    async fn authorized(credential: &EntraCredential) -> String {
        let (value, _) = credential.bearer.token(&SystemClock).await.unwrap();
        value.to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn a_token_is_kept_while_it_lasts() {
        let hour = EntraCredential::new(Arc::new(Fake(Duration::from_secs(3600), 0.into())));
        assert_eq!(authorized(&hour).await, "Bearer token0");
        assert_eq!(authorized(&hour).await, "Bearer token0");
        let minute = EntraCredential::new(Arc::new(Fake(Duration::from_secs(60), 0.into())));
        assert_eq!(authorized(&minute).await, "Bearer token0");
        assert_eq!(authorized(&minute).await, "Bearer token1");
    }
}
