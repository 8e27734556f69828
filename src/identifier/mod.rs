//! The identifiers of participants: `CommunicationIdentifierModel` of the ACS specifications.

mod cloud;
mod raw_id;
pub(crate) mod wire;

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use self::cloud::CommunicationCloudEnvironment;

/// The identifier of a person, a phone or an app that can take part in a call.
///
/// Create one from its parts, or from a raw id such as `8:acs:…` or `4:+14255550123`:
///
/// ```
/// use acs_rest::{CommunicationIdentifier, PhoneNumberIdentifier};
///
/// let phone: CommunicationIdentifier = "4:+14255550123".parse()?;
/// assert_eq!(phone, PhoneNumberIdentifier::new("+14255550123").into());
/// assert_eq!(phone.raw_id(), "4:+14255550123");
/// # Ok::<(), std::convert::Infallible>(())
/// ```
///
/// On the wire, an identifier is an object with `kind`, `rawId` and one property that belongs to
/// the kind. The case of the kind is ignored. If the property is missing, the raw id determines the
/// kind, as in `{"kind": "unknown", "rawId": "28:orgid:…"}`, which an older API version returns for
/// a Teams resource account. An identifier of another form is read as [`Unknown`](Self::Unknown)
/// and keeps its raw id. Source:
/// <https://learn.microsoft.com/azure/communication-services/concepts/identifiers>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CommunicationIdentifier {
    /// An ACS user.
    CommunicationUser(CommunicationUserIdentifier),
    /// A phone number.
    PhoneNumber(PhoneNumberIdentifier),
    /// A Microsoft Teams user.
    MicrosoftTeamsUser(MicrosoftTeamsUserIdentifier),
    /// A Microsoft Teams app, such as a bot, a call queue or a resource account.
    MicrosoftTeamsApp(MicrosoftTeamsAppIdentifier),
    /// A Microsoft Teams user of Teams Phone extensibility. Introduced in API version 2025-06-15.
    TeamsExtensionUser(TeamsExtensionUserIdentifier),
    /// An identifier of a kind that this version of the crate does not know.
    Unknown(UnknownIdentifier),
}

/// An ACS user.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CommunicationUserIdentifier {
    /// The id, such as `8:acs:<resource>_<user>`. It is also the raw id.
    pub id: String,
}

/// A phone number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PhoneNumberIdentifier {
    /// The number in E.164 form, such as `+14255550123`, or `anonymous`.
    pub value: String,
    /// Whether the caller withheld the number. Introduced in API version 2025-06-15; read only.
    #[serde(default, deserialize_with = "wire::absent_or", skip_serializing)]
    pub is_anonymous: bool,
    /// The id that the service adds to distinguish callers with the same number. Introduced in API
    /// version 2025-06-15; read only.
    #[serde(default, skip_serializing)]
    pub asserted_id: Option<String>,
    /// The raw id from the service, if it differs from the one derived from the other fields.
    #[serde(skip)]
    pub raw_id: Option<String>,
}

/// A Microsoft Teams user.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MicrosoftTeamsUserIdentifier {
    /// The Microsoft Entra object id, or the id of an anonymous visitor.
    pub user_id: String,
    /// Whether the user joined without signing in.
    #[serde(default, deserialize_with = "wire::absent_or")]
    pub is_anonymous: bool,
    /// The cloud to which the user belongs.
    #[serde(default, deserialize_with = "wire::absent_or")]
    pub cloud: CommunicationCloudEnvironment,
    /// The raw id from the service, if it differs from the one derived from the other fields.
    #[serde(skip)]
    pub raw_id: Option<String>,
}

/// A Microsoft Teams app.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MicrosoftTeamsAppIdentifier {
    /// The Microsoft Entra object id of the app.
    pub app_id: String,
    /// The cloud the app belongs to.
    #[serde(default, deserialize_with = "wire::absent_or")]
    pub cloud: CommunicationCloudEnvironment,
    /// The raw id from the service, if it differs from the one derived from the other fields.
    #[serde(skip)]
    pub raw_id: Option<String>,
}

/// A Microsoft Teams user whose calls an ACS resource handles (Teams Phone extensibility).
/// Introduced in API version 2025-06-15.
///
/// ```
/// use acs_rest::{CommunicationIdentifier, TeamsExtensionUserIdentifier};
///
/// let user = TeamsExtensionUserIdentifier::new("user", "tenant", "resource");
/// assert_eq!(CommunicationIdentifier::from(user).raw_id(), "8:acs:resource_tenant_user");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TeamsExtensionUserIdentifier {
    /// The Microsoft Entra object id of the user.
    pub user_id: String,
    /// The Microsoft Entra tenant of the user.
    pub tenant_id: String,
    /// The immutable id of the ACS resource.
    pub resource_id: String,
    /// The cloud to which the user belongs.
    #[serde(default, deserialize_with = "wire::absent_or")]
    pub cloud: CommunicationCloudEnvironment,
    /// The raw id from the service, if it differs from the one derived from the other fields.
    #[serde(skip)]
    pub raw_id: Option<String>,
}

/// An identifier of a kind that this version of the crate does not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnknownIdentifier {
    /// The raw id, which is empty if the service returned none.
    pub raw_id: String,
}

impl CommunicationUserIdentifier {
    /// Creates the identifier of a user from the id, such as `8:acs:<resource>_<user>`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl PhoneNumberIdentifier {
    /// Creates the identifier of a phone number in E.164 form, such as `+14255550123`.
    pub fn new(value: impl Into<String>) -> Self {
        let value = value.into();
        let is_anonymous = value == "anonymous";
        Self { value, is_anonymous, asserted_id: None, raw_id: None }
    }
}

impl MicrosoftTeamsUserIdentifier {
    /// Creates the identifier of a user in the public cloud by the Microsoft Entra object id.
    pub fn new(user_id: impl Into<String>) -> Self {
        let cloud = CommunicationCloudEnvironment::Public;
        Self { user_id: user_id.into(), is_anonymous: false, cloud, raw_id: None }
    }

    /// Creates the identifier of a visitor who did not sign in.
    pub fn anonymous(user_id: impl Into<String>) -> Self {
        Self { is_anonymous: true, ..Self::new(user_id) }
    }

    /// Sets the cloud the user belongs to.
    #[must_use]
    pub fn cloud(self, cloud: CommunicationCloudEnvironment) -> Self {
        Self { cloud, ..self }
    }
}

impl MicrosoftTeamsAppIdentifier {
    /// Creates the identifier of an app in the public cloud by its Microsoft Entra object id.
    pub fn new(app_id: impl Into<String>) -> Self {
        let cloud = CommunicationCloudEnvironment::Public;
        Self { app_id: app_id.into(), cloud, raw_id: None }
    }

    /// Sets the cloud the app belongs to.
    #[must_use]
    pub fn cloud(self, cloud: CommunicationCloudEnvironment) -> Self {
        Self { cloud, ..self }
    }
}

impl TeamsExtensionUserIdentifier {
    /// Creates the identifier of a user in the public cloud.
    pub fn new(
        user_id: impl Into<String>,
        tenant_id: impl Into<String>,
        resource_id: impl Into<String>,
    ) -> Self {
        Self {
            user_id: user_id.into(),
            tenant_id: tenant_id.into(),
            resource_id: resource_id.into(),
            cloud: CommunicationCloudEnvironment::Public,
            raw_id: None,
        }
    }

    /// Sets the cloud the user belongs to.
    #[must_use]
    pub fn cloud(self, cloud: CommunicationCloudEnvironment) -> Self {
        Self { cloud, ..self }
    }
}

impl fmt::Display for CommunicationIdentifier {
    /// Writes the raw id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.raw_id())
    }
}

impl FromStr for CommunicationIdentifier {
    type Err = Infallible;

    /// Reads a raw id, as [`from_raw_id`](Self::from_raw_id) does.
    fn from_str(raw_id: &str) -> Result<Self, Infallible> {
        Ok(Self::from_raw_id(raw_id))
    }
}

macro_rules! from_variants {
    ($($variant:ident($type:ty)),* $(,)?) => {$(
        impl From<$type> for CommunicationIdentifier {
            fn from(identifier: $type) -> Self {
                Self::$variant(identifier)
            }
        }
    )*};
}

from_variants!(
    CommunicationUser(CommunicationUserIdentifier),
    PhoneNumber(PhoneNumberIdentifier),
    MicrosoftTeamsUser(MicrosoftTeamsUserIdentifier),
    MicrosoftTeamsApp(MicrosoftTeamsAppIdentifier),
    TeamsExtensionUser(TeamsExtensionUserIdentifier),
    Unknown(UnknownIdentifier),
);
