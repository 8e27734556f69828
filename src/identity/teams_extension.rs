//! The operations and models of Teams Extension: assignments of Teams identities, and their access
//! tokens.

use super::CreatedIdentity;
use crate::{Result, acs_model, acs_operations};

/// Exchanges the tokens of Teams identities, and assigns the identities to applications that extend
/// Teams Phone.
///
/// Assignments require an access key or Microsoft Entra ID. To exchange a token, the credential of
/// the client must be the Microsoft Entra token of the Teams identity.
///
/// ```
/// use acs_rest::identity::{
///     TeamsExtension, TeamsExtensionAssignmentRequest, TeamsExtensionPrincipalType,
/// };
///
/// # async fn example(client: acs_rest::Client) -> acs_rest::Result<()> {
/// let (tenant, user) = ("<tenant id>", "<object id>");
/// let request = TeamsExtensionAssignmentRequest::new(TeamsExtensionPrincipalType::User)
///     .client_ids(["<client id>"]);
/// let assignment = client.upsert_assignment(tenant, user, &request).await?;
/// assert_eq!(assignment.object_id, user);
/// # Ok(())
/// # }
/// ```
#[acs_operations(api_version = "2025-06-30")]
pub trait TeamsExtension {
    /// Exchanges the Microsoft Entra token of a Teams identity, which is the client's credential, for an
    /// ACS identity and its access token.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/identity/teams-extension>.
    #[since("2025-06-30")]
    #[acs_operation(POST, "/access/teamsExtension/:exchangeAccessToken")]
    async fn exchange_teams_extension_token(
        &self,
        request: &TeamsExtensionExchangeTokenRequest,
    ) -> Result<CreatedIdentity>;

    /// Returns the assignment of a Teams identity.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/identity/teams-extension>.
    #[since("2025-06-30")]
    #[acs_operation(GET, "/access/teamsExtension/tenants/<tenantId>/assignments/<objectId>")]
    async fn get_assignment(
        &self,
        tenant_id: &str,
        object_id: &str,
    ) -> Result<TeamsExtensionAssignment>;

    /// Creates or replaces the assignment of a Teams identity.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/identity/teams-extension>.
    #[since("2025-06-30")]
    #[acs_operation(PUT, "/access/teamsExtension/tenants/<tenantId>/assignments/<objectId>")]
    async fn upsert_assignment(
        &self,
        tenant_id: &str,
        object_id: &str,
        request: &TeamsExtensionAssignmentRequest,
    ) -> Result<TeamsExtensionAssignment>;

    /// Deletes the assignment of a Teams identity.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/identity/teams-extension>.
    #[since("2025-06-30")]
    #[acs_operation(DELETE, "/access/teamsExtension/tenants/<tenantId>/assignments/<objectId>")]
    async fn delete_assignment(&self, tenant_id: &str, object_id: &str) -> Result<()>;
}

/// The options of
/// [`exchange_teams_extension_token`](TeamsExtension::exchange_teams_extension_token), which are
/// empty in this api-version.
///
/// Since api-version 2025-06-30.
#[acs_model]
#[derive(Eq, Hash)]
pub struct TeamsExtensionExchangeTokenRequest {}

/// The applications to which a Teams identity is assigned.
///
/// Since api-version 2025-06-30.
#[acs_model]
#[doc(alias = "TeamsExtensionAssignmentCreateOrUpdateRequest")]
#[derive(Eq, Hash)]
pub struct TeamsExtensionAssignmentRequest {
    /// The kind of the Teams identity.
    pub principal_type: TeamsExtensionPrincipalType,
    /// The client ids of the applications.
    pub client_ids: Option<Vec<String>>,
}

/// The assignment of a Teams identity to applications.
///
/// Since api-version 2025-06-30.
#[acs_model]
#[doc(alias = "TeamsExtensionAssignmentResponse")]
#[derive(Eq, Hash)]
pub struct TeamsExtensionAssignment {
    /// The Microsoft Entra object id of the Teams identity.
    pub object_id: String,
    /// The id of the Microsoft Entra tenant.
    pub tenant_id: String,
    /// The kind of the Teams identity.
    pub principal_type: TeamsExtensionPrincipalType,
    /// The client ids of the applications.
    pub client_ids: Option<Vec<String>>,
}

/// The kind of a Teams identity.
#[acs_model]
pub enum TeamsExtensionPrincipalType {
    /// A user.
    User,
    /// A resource account, such as that of a call queue.
    ResourceAccount,
}
