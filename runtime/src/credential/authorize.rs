//! The trait of a credential.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::Result;
use crate::sources::TimeSource;
use crate::transport::Request;

/// Authenticates the requests of a client.
///
/// [`UserToken`](crate::UserToken), [`AccessKey`](crate::AccessKey) and `EntraCredential` are the
/// credentials of the service. Implement the trait for another credential, such as a key that a
/// gateway in front of the service requires:
///
/// ```
/// use std::future::ready;
///
/// use acs_rest::http::HeaderValue;
/// use acs_rest::http::header::AUTHORIZATION;
/// use acs_rest::transport::Request;
/// use acs_rest::{AuthorizeFuture, Credential, CredentialVersion, TimeSource};
///
/// struct GatewayKey(HeaderValue);
///
/// impl std::fmt::Debug for GatewayKey {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         f.write_str("GatewayKey")
///     }
/// }
///
/// impl Credential for GatewayKey {
///     fn authorize<'a>(
///         &'a self,
///         request: &'a mut Request<'_>,
///         _: &'a dyn TimeSource,
///     ) -> AuthorizeFuture<'a> {
///         request.headers_mut().insert(AUTHORIZATION, self.0.clone());
///         Box::pin(ready(Ok(CredentialVersion::default())))
///     }
/// }
/// ```
pub trait Credential: fmt::Debug + Send + Sync + 'static {
    /// Adds the headers that authenticate `request`. The client calls it for each attempt, when the
    /// method, the target, the body and all other headers are final and can be signed.
    ///
    /// # Errors
    /// If no usable token or key is available. The call then fails, and no request is sent.
    fn authorize<'a>(
        &'a self,
        request: &'a mut Request<'_>,
        time: &'a dyn TimeSource,
    ) -> AuthorizeFuture<'a>;

    /// Reports that the service rejected a request of this version with 401. Returns whether a
    /// newer version will authorize the next attempt; if so, the client makes one.
    fn invalidate(&self, version: CredentialVersion) -> bool {
        let _ = version;
        false
    }

    /// Checks the credential when a client is built, as far as is possible without a request.
    ///
    /// # Errors
    /// If the credential cannot authorize any request.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// Returns the secrets that are not part of a request, such as a signing key. The client
    /// removes them, and the value of `Authorization`, from every error.
    fn secrets(&self) -> Vec<Zeroizing<String>> {
        Vec::new()
    }
}

/// The future of [`Credential::authorize`].
pub type AuthorizeFuture<'a> = Pin<Box<dyn Future<Output = Result<CredentialVersion>> + Send + 'a>>;

/// The version of the token or key that authorized a request. The credential numbers its versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialVersion(u64);

impl CredentialVersion {
    /// Creates a version from its number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The version after this one.
    pub(super) const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Lets several clients share one credential.
impl<C: Credential + ?Sized> Credential for Arc<C> {
    fn authorize<'a>(
        &'a self,
        request: &'a mut Request<'_>,
        time: &'a dyn TimeSource,
    ) -> AuthorizeFuture<'a> {
        (**self).authorize(request, time)
    }

    fn invalidate(&self, version: CredentialVersion) -> bool {
        (**self).invalidate(version)
    }

    fn check(&self) -> Result<()> {
        (**self).check()
    }

    fn secrets(&self) -> Vec<Zeroizing<String>> {
        (**self).secrets()
    }
}
