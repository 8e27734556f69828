//! The operations and models of Identity, which manages ACS users and their access tokens, in the
//! api-versions 2023-10-01 to 2025-06-30.
//!
//! ```
//! use acs_rest::identity::{CreateIdentityRequest, Identity, TokenScope};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> acs_rest::Result<()> {
//! # let emulator = acs_rest_emulator::Emulator::start().await;
//! # let client = acs_rest::Client::from_connection_string(emulator.connection_string())?;
//! let request = CreateIdentityRequest::new().create_token_with_scopes([TokenScope::Voip]);
//! let created = client.create_identity(Some(&request)).await?;
//! println!("{} {:?}", created.identity.id, created.access_token.map(|token| token.expires_on));
//! # Ok(())
//! # }
//! ```
//!
//! Source: <https://learn.microsoft.com/rest/api/communication/dataplane/communication-identity>.

mod teams_extension;
mod token;

use crate::{Result, acs_operations};

pub use teams_extension::{
    TeamsExtension, TeamsExtensionAssignment, TeamsExtensionAssignmentRequest,
    TeamsExtensionExchangeTokenRequest, TeamsExtensionPrincipalType,
};
pub use token::{
    AccessToken, CreateIdentityRequest, CreatedIdentity, IssueAccessTokenRequest,
    TeamsUserExchangeTokenRequest, TokenScope,
};

/// Creates users, and issues and revokes their access tokens.
///
/// These operations require an access key or Microsoft Entra ID; the access token of a user is not
/// sufficient. `id` is the id of a
/// [`CommunicationUserIdentifier`](crate::CommunicationUserIdentifier).
///
/// ```
/// use std::time::Duration;
///
/// use acs_rest::identity::{Identity, IssueAccessTokenRequest, TokenScope};
/// use acs_rest::{Client, UserToken};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> acs_rest::Result<()> {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// # let (endpoint, connection_string) = (emulator.endpoint(), emulator.connection_string());
/// let service = Client::from_connection_string(connection_string)?;
/// let user = service.create_identity(None).await?.identity;
/// let request = IssueAccessTokenRequest::new([TokenScope::Voip])
///     .expires_in(Duration::from_secs(60 * 60));
/// let token = service.issue_access_token(&user.id, &request).await?;
///
/// let client = Client::new(endpoint, UserToken::new(token.token.secret()))?;
/// # drop(client);
/// service.revoke_access_tokens(&user.id).await?;
/// service.delete_identity(&user.id).await
/// # }
/// ```
#[acs_operations(api_version = "2023-10-01")]
pub trait Identity {
    /// Creates a user, and issues an access token if the request contains scopes.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/dataplane/communication-identity/create>.
    #[acs_operation(POST, "/identities")]
    async fn create_identity(
        &self,
        request: Option<&CreateIdentityRequest>,
    ) -> Result<CreatedIdentity>;

    /// Deletes a user, all its access tokens and its data.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/dataplane/communication-identity/delete>.
    #[acs_operation(DELETE, "/identities/<id>")]
    async fn delete_identity(&self, id: &str) -> Result<()>;

    /// Issues an access token for a user.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/dataplane/communication-identity/issue-access-token>.
    #[acs_operation(POST, "/identities/<id>/:issueAccessToken")]
    async fn issue_access_token(
        &self,
        id: &str,
        request: &IssueAccessTokenRequest,
    ) -> Result<AccessToken>;

    /// Revokes all access tokens of a user.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/dataplane/communication-identity/revoke-access-tokens>.
    #[acs_operation(POST, "/identities/<id>/:revokeAccessTokens")]
    async fn revoke_access_tokens(&self, id: &str) -> Result<()>;

    /// Exchanges the Microsoft Entra token of a Teams user for an access token, which expires with it.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/dataplane/communication-identity/exchange-teams-user-access-token>.
    #[acs_operation(POST, "/teamsUser/:exchangeAccessToken")]
    async fn exchange_teams_user_access_token(
        &self,
        request: &TeamsUserExchangeTokenRequest,
    ) -> Result<AccessToken>;
}
