//! Who asks: each credential puts its headers on a request, anew at each try.

mod access_key;
mod bearer;
#[cfg(feature = "entra")]
mod entra;
mod jwt;
mod user_token;

pub use access_key::AccessKey;
#[cfg(feature = "entra")]
pub use entra::EntraCredential;
pub use user_token::UserToken;

use crate::clock::Clock;
use crate::error::Result;
use crate::transport::Request;

/// What a client authenticates with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Credential {
    /// A user access token.
    UserToken(UserToken),
    /// An access key of the resource.
    AccessKey(AccessKey),
    /// A credential of the Azure SDK.
    #[cfg(feature = "entra")]
    Entra(EntraCredential),
}

/// Which token or key a request was signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Generation(u64);

impl Credential {
    /// What is wrong with it, as far as can be told without asking anyone.
    pub(crate) fn check(&self) -> Result<()> {
        match self {
            Self::UserToken(token) => token.bearer.check(),
            _ => Ok(()),
        }
    }

    /// Authorises `request`, whose target, body and other headers are final.
    pub(crate) async fn authorize(
        &self,
        request: &mut Request<'_>,
        clock: &dyn Clock,
    ) -> Result<Generation> {
        match self {
            Self::UserToken(token) => token.bearer.authorize(request, clock).await,
            Self::AccessKey(key) => Ok(key.authorize(request, clock)),
            #[cfg(feature = "entra")]
            Self::Entra(credential) => credential.bearer.authorize(request, clock).await,
        }
    }

    /// Takes note that the service refused the credential of that generation; whether there is,
    /// or may be, a newer one.
    pub(crate) fn refused(&self, generation: Generation) -> bool {
        match self {
            Self::UserToken(token) => token.bearer.refused(generation),
            Self::AccessKey(key) => key.refused(generation),
            #[cfg(feature = "entra")]
            Self::Entra(credential) => credential.bearer.refused(generation),
        }
    }
}

impl From<UserToken> for Credential {
    fn from(token: UserToken) -> Self {
        Self::UserToken(token)
    }
}

impl From<AccessKey> for Credential {
    fn from(key: AccessKey) -> Self {
        Self::AccessKey(key)
    }
}
