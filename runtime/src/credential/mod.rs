//! Who asks: a credential makes a signer for each try, and that puts its headers on the request.

mod access_key;
mod bearer;
#[cfg(feature = "entra")]
mod entra;
mod jwt;
mod user_token;

pub use access_key::AccessKey;
#[cfg(feature = "entra")]
pub use entra::EntraCredential;
use http::HeaderValue;
use http::header::AUTHORIZATION;
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

/// What signs the next request: a token at hand, or a key.
pub(crate) enum Signer<'a> {
    Token(HeaderValue, Generation),
    Key(&'a AccessKey),
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

    /// What signs now; waits while a token is refreshed.
    pub(crate) async fn signer(&self, clock: &dyn Clock) -> Result<Signer<'_>> {
        let bearer = match self {
            Self::UserToken(token) => &token.bearer,
            Self::AccessKey(key) => return Ok(Signer::Key(key)),
            #[cfg(feature = "entra")]
            Self::Entra(credential) => &credential.bearer,
        };
        let (value, generation) = bearer.token(clock).await?;
        Ok(Signer::Token(value, generation))
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

impl Signer<'_> {
    /// Signs `request`, whose target, body and other headers are final.
    pub(crate) fn sign(self, request: &mut Request<'_>, clock: &dyn Clock) -> Generation {
        match self {
            Self::Token(value, generation) => {
                request.headers.insert(AUTHORIZATION, value);
                generation
            }
            Self::Key(key) => key.sign(request, clock),
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
