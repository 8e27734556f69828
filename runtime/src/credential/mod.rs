//! The trait that authenticates requests, and the credentials of the service.

mod access_key;
mod authorize;
mod bearer;
#[cfg(feature = "entra")]
mod entra;
mod jwt;
mod user_token;

pub use self::access_key::AccessKey;
pub use self::authorize::{AuthorizeFuture, Credential, CredentialVersion};
#[cfg(feature = "entra")]
pub use self::entra::EntraCredential;
pub use self::user_token::UserToken;
