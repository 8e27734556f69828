//! Who takes part in a call: `CommunicationIdentifierModel` of the ACS specifications.

mod raw_id;
pub(crate) mod wire;

use std::fmt;

use serde::{Deserialize, Serialize};

/// A person, a phone or an app that can take part in a call.
///
/// Make one from its parts, or from a raw id such as `8:acs:…` or `4:+14255550123`:
///
/// ```
/// use acs_rest::{CommunicationIdentifier, PhoneNumberIdentifier};
///
/// let phone = CommunicationIdentifier::from_raw_id("4:+14255550123");
/// assert_eq!(phone, PhoneNumberIdentifier::new("+14255550123").into());
/// assert_eq!(phone.raw_id(), "4:+14255550123");
/// ```
///
/// On the wire it is `kind`, `rawId` and the one property that belongs to the kind. A kind that
/// is not known here is read as [`Unknown`](Self::Unknown) and keeps its raw id. Source:
/// <https://learn.microsoft.com/azure/communication-services/concepts/identifiers>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CommunicationIdentifier {
    /// An ACS user.
    CommunicationUser(CommunicationUserIdentifier),
    /// A phone.
    PhoneNumber(PhoneNumberIdentifier),
    /// A Microsoft Teams user.
    MicrosoftTeamsUser(MicrosoftTeamsUserIdentifier),
    /// A Microsoft Teams app, such as a bot or a call queue.
    MicrosoftTeamsApp(MicrosoftTeamsAppIdentifier),
    /// Someone this library cannot name.
    Unknown(UnknownIdentifier),
}

/// An ACS user.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CommunicationUserIdentifier {
    /// The id, such as `8:acs:<resource>_<user>`; it is the raw id too.
    pub id: String,
}

/// A phone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PhoneNumberIdentifier {
    /// The number in E.164 form, such as `+14255550123`.
    pub value: String,
    /// The raw id the service gave, if it is another than `4:` and the number.
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
    /// The cloud the user belongs to.
    #[serde(default, deserialize_with = "wire::absent_or")]
    pub cloud: CommunicationCloudEnvironment,
    /// The raw id the service gave, if it is another than the one made of the parts.
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
    /// The raw id the service gave, if it is another than the one made of the parts.
    #[serde(skip)]
    pub raw_id: Option<String>,
}

/// Someone this library cannot name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnknownIdentifier {
    /// The raw id; empty if the service gave none.
    pub raw_id: String,
}

/// The cloud that a Teams identity belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CommunicationCloudEnvironment {
    /// The public cloud.
    #[default]
    Public,
    /// The cloud of the US Department of Defense.
    Dod,
    /// The US Government Community Cloud High.
    Gcch,
    /// Another one.
    Other(String),
}
impl CommunicationUserIdentifier {
    /// The user with that id, such as `8:acs:<resource>_<user>`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl PhoneNumberIdentifier {
    /// The phone with that number in E.164 form, such as `+14255550123`.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into(), raw_id: None }
    }
}

impl MicrosoftTeamsUserIdentifier {
    /// The user with that Microsoft Entra object id, in the public cloud.
    pub fn new(user_id: impl Into<String>) -> Self {
        let cloud = CommunicationCloudEnvironment::Public;
        Self { user_id: user_id.into(), is_anonymous: false, cloud, raw_id: None }
    }

    /// A visitor who did not sign in.
    pub fn anonymous(user_id: impl Into<String>) -> Self {
        Self { is_anonymous: true, ..Self::new(user_id) }
    }

    /// The same user in another cloud.
    #[must_use]
    pub fn cloud(self, cloud: CommunicationCloudEnvironment) -> Self {
        Self { cloud, ..self }
    }
}

impl MicrosoftTeamsAppIdentifier {
    /// The app with that Microsoft Entra object id, in the public cloud.
    pub fn new(app_id: impl Into<String>) -> Self {
        let cloud = CommunicationCloudEnvironment::Public;
        Self { app_id: app_id.into(), cloud, raw_id: None }
    }

    /// The same app in another cloud.
    #[must_use]
    pub fn cloud(self, cloud: CommunicationCloudEnvironment) -> Self {
        Self { cloud, ..self }
    }
}

impl fmt::Display for CommunicationIdentifier {
    /// The raw id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.raw_id())
    }
}

macro_rules! is_an_identifier {
    ($($variant:ident($type:ty)),*) => {$(
        impl From<$type> for CommunicationIdentifier {
            fn from(identifier: $type) -> Self {
                Self::$variant(identifier)
            }
        }
    )*};
}

is_an_identifier!(
    CommunicationUser(CommunicationUserIdentifier),
    PhoneNumber(PhoneNumberIdentifier),
    MicrosoftTeamsUser(MicrosoftTeamsUserIdentifier),
    MicrosoftTeamsApp(MicrosoftTeamsAppIdentifier),
    Unknown(UnknownIdentifier)
);
