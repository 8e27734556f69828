//! Who takes part in a call: `CommunicationIdentifierModel` of the ACS specifications.

use std::borrow::Cow;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
    #[serde(default)]
    pub is_anonymous: bool,
    /// The cloud the user belongs to.
    #[serde(default)]
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
    #[serde(default)]
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

impl CommunicationIdentifier {
    /// Reads a raw id. Anything that is not of a known form is [`Unknown`](Self::Unknown).
    #[must_use]
    pub fn from_raw_id(raw_id: impl Into<String>) -> Self {
        let raw_id = raw_id.into();
        if let Some(number) = raw_id.strip_prefix("4:") {
            return PhoneNumberIdentifier::new(number).into();
        }
        let mut parts = raw_id.split(':');
        let (Some(class), Some(scope), Some(id), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Self::Unknown(UnknownIdentifier { raw_id });
        };
        let cloud = CommunicationCloudEnvironment::of_scope(scope);
        match (class, scope, cloud) {
            ("8", "acs" | "spool" | "dod-acs" | "gcch-acs", _) => {
                CommunicationUserIdentifier { id: raw_id }.into()
            }
            ("8", "teamsvisitor", _) => MicrosoftTeamsUserIdentifier::anonymous(id).into(),
            ("8", _, Some(cloud)) => MicrosoftTeamsUserIdentifier::new(id).cloud(cloud).into(),
            ("28", _, Some(cloud)) => MicrosoftTeamsAppIdentifier::new(id).cloud(cloud).into(),
            _ => Self::Unknown(UnknownIdentifier { raw_id }),
        }
    }

    /// The raw id: the one the service gave, or the one made of the parts. It is what
    /// `get_participant` takes.
    #[must_use]
    pub fn raw_id(&self) -> Cow<'_, str> {
        let given = match self {
            Self::CommunicationUser(user) => Some(&user.id),
            Self::PhoneNumber(phone) => phone.raw_id.as_ref(),
            Self::MicrosoftTeamsUser(user) => user.raw_id.as_ref(),
            Self::MicrosoftTeamsApp(app) => app.raw_id.as_ref(),
            Self::Unknown(unknown) => Some(&unknown.raw_id),
        };
        given.map_or_else(|| Cow::Owned(self.made_raw_id()), |given| Cow::Borrowed(given.as_str()))
    }

    fn made_raw_id(&self) -> String {
        match self {
            Self::CommunicationUser(user) => user.id.clone(),
            Self::PhoneNumber(phone) => format!("4:{}", phone.value),
            Self::MicrosoftTeamsUser(user) if user.is_anonymous => {
                format!("8:teamsvisitor:{}", user.user_id)
            }
            Self::MicrosoftTeamsUser(user) => format!("8:{}:{}", user.cloud.scope(), user.user_id),
            Self::MicrosoftTeamsApp(app) => format!("28:{}:{}", app.cloud.scope(), app.app_id),
            Self::Unknown(unknown) => unknown.raw_id.clone(),
        }
    }

    /// Keeps a raw id of the service's that the parts would not give back.
    fn with_raw_id(mut self, given: Option<String>) -> Self {
        let given = given.filter(|given| *given != self.made_raw_id());
        match &mut self {
            Self::PhoneNumber(phone) => phone.raw_id = given,
            Self::MicrosoftTeamsUser(user) => user.raw_id = given,
            Self::MicrosoftTeamsApp(app) => app.raw_id = given,
            Self::CommunicationUser(_) | Self::Unknown(_) => {}
        }
        self
    }
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

impl CommunicationCloudEnvironment {
    /// The cloud that the middle part of a Teams raw id stands for.
    fn of_scope(scope: &str) -> Option<Self> {
        match scope {
            "orgid" => Some(Self::Public),
            "dod" => Some(Self::Dod),
            "gcch" => Some(Self::Gcch),
            _ => None,
        }
    }

    fn scope(&self) -> &str {
        match self {
            Self::Public => "orgid",
            Self::Dod => "dod",
            Self::Gcch => "gcch",
            Self::Other(name) => name,
        }
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

impl Serialize for CommunicationCloudEnvironment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Public => "public",
            other => other.scope(),
        })
    }
}

impl<'de> Deserialize<'de> for CommunicationCloudEnvironment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        // Some libraries write it in capitals.
        Ok(match name.to_ascii_lowercase().as_str() {
            "public" => Self::Public,
            "dod" => Self::Dod,
            "gcch" => Self::Gcch,
            _ => Self::Other(name),
        })
    }
}

/// The wire model, whose properties could contradict each other.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw_id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    communication_user: Option<Cow<'a, CommunicationUserIdentifier>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<Cow<'a, PhoneNumberIdentifier>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    microsoft_teams_user: Option<Cow<'a, MicrosoftTeamsUserIdentifier>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    microsoft_teams_app: Option<Cow<'a, MicrosoftTeamsAppIdentifier>>,
}

impl Serialize for CommunicationIdentifier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use CommunicationIdentifier as Id;
        let mut wire = Wire { raw_id: Some(self.raw_id()), ..Wire::default() };
        let kind = match self {
            Id::CommunicationUser(user) => {
                wire.communication_user = Some(Cow::Borrowed(user));
                "communicationUser"
            }
            Id::PhoneNumber(phone) => {
                wire.phone_number = Some(Cow::Borrowed(phone));
                "phoneNumber"
            }
            Id::MicrosoftTeamsUser(user) => {
                wire.microsoft_teams_user = Some(Cow::Borrowed(user));
                "microsoftTeamsUser"
            }
            Id::MicrosoftTeamsApp(app) => {
                wire.microsoft_teams_app = Some(Cow::Borrowed(app));
                "microsoftTeamsApp"
            }
            Id::Unknown(_) => "unknown",
        };
        wire.kind = Some(Cow::Borrowed(kind));
        wire.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CommunicationIdentifier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let found = [
            wire.communication_user.map(|user| ("communicationUser", user.into_owned().into())),
            wire.phone_number.map(|phone| ("phoneNumber", phone.into_owned().into())),
            wire.microsoft_teams_user.map(|user| ("microsoftTeamsUser", user.into_owned().into())),
            wire.microsoft_teams_app.map(|app| ("microsoftTeamsApp", app.into_owned().into())),
        ];
        let mut found = found.into_iter().flatten();
        let raw_id = wire.raw_id.map(Cow::into_owned);
        let (property, another) = (found.next(), found.next());
        if let (Some((first, _)), Some((second, _))) = (&property, &another) {
            return Err(D::Error::custom(format!(
                "an identifier is both `{first}` and `{second}`"
            )));
        }
        // A kind whose property is missing, or is another's, says nothing to rely on.
        let named = property.filter(|(name, _)| wire.kind.as_ref().is_none_or(|kind| kind == name));
        Ok(match named {
            Some((_, identifier)) => Self::with_raw_id(identifier, raw_id),
            None => UnknownIdentifier { raw_id: raw_id.unwrap_or_default() }.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;

    /// Each raw id with the wire form that Microsoft's SDKs give it.
    fn known() -> Vec<(&'static str, Value)> {
        vec![
            (
                "8:acs:r_u",
                json!({"kind": "communicationUser", "communicationUser": {"id": "8:acs:r_u"}}),
            ),
            (
                "8:gcch-acs:r_u",
                json!({"kind": "communicationUser", "communicationUser": {"id": "8:gcch-acs:r_u"}}),
            ),
            (
                "8:dod-acs:r_u",
                json!({"kind": "communicationUser", "communicationUser": {"id": "8:dod-acs:r_u"}}),
            ),
            (
                "8:spool:r_u",
                json!({"kind": "communicationUser", "communicationUser": {"id": "8:spool:r_u"}}),
            ),
            (
                "8:acs:r_t_u",
                json!({"kind": "communicationUser", "communicationUser": {"id": "8:acs:r_t_u"}}),
            ),
            (
                "4:+14255550123",
                json!({"kind": "phoneNumber", "phoneNumber": {"value": "+14255550123"}}),
            ),
            ("4:anonymous", json!({"kind": "phoneNumber", "phoneNumber": {"value": "anonymous"}})),
            (
                "8:orgid:a",
                json!({"kind": "microsoftTeamsUser",
                "microsoftTeamsUser": {"userId": "a", "isAnonymous": false, "cloud": "public"}}),
            ),
            (
                "8:gcch:a",
                json!({"kind": "microsoftTeamsUser",
                "microsoftTeamsUser": {"userId": "a", "isAnonymous": false, "cloud": "gcch"}}),
            ),
            (
                "8:teamsvisitor:a",
                json!({"kind": "microsoftTeamsUser",
                "microsoftTeamsUser": {"userId": "a", "isAnonymous": true, "cloud": "public"}}),
            ),
            (
                "28:orgid:b",
                json!({"kind": "microsoftTeamsApp", "microsoftTeamsApp": {"appId": "b", "cloud": "public"}}),
            ),
            (
                "28:dod:b",
                json!({"kind": "microsoftTeamsApp", "microsoftTeamsApp": {"appId": "b", "cloud": "dod"}}),
            ),
            ("48:echo", json!({"kind": "unknown"})),
            ("8:orgid:a:b", json!({"kind": "unknown"})),
            ("", json!({"kind": "unknown"})),
        ]
    }

    #[test]
    fn raw_ids_and_wire_forms_say_the_same() {
        for (raw_id, mut wire) in known() {
            let identifier = CommunicationIdentifier::from_raw_id(raw_id);
            assert_eq!(identifier.raw_id(), raw_id);
            wire["rawId"] = raw_id.into();
            assert_eq!(to_value(&identifier).unwrap(), wire);
            assert_eq!(from_value::<CommunicationIdentifier>(wire).unwrap(), identifier);
        }
    }

    #[test]
    fn kind_and_raw_id_may_be_absent() {
        for (raw_id, mut wire) in known().into_iter().take(12) {
            wire.as_object_mut().unwrap().remove("kind");
            let identifier: CommunicationIdentifier = from_value(wire).unwrap();
            assert_eq!(identifier, CommunicationIdentifier::from_raw_id(raw_id));
        }
    }

    #[test]
    fn the_services_raw_id_is_kept() {
        let wire = json!({"kind": "phoneNumber", "rawId": "4:14255550123", "phoneNumber": {"value": "+14255550123"}});
        let phone: CommunicationIdentifier = from_value(wire.clone()).unwrap();
        assert_eq!(phone.raw_id(), "4:14255550123");
        assert_eq!(to_value(phone).unwrap(), wire);
    }

    #[test]
    fn what_is_not_known_keeps_its_raw_id() {
        for wire in [
            json!({"kind": "teamsExtensionUser", "rawId": "x", "teamsExtensionUser": {"userId": "u"}}),
            json!({"kind": "phoneNumber", "rawId": "x"}),
            json!({"kind": "phoneNumber", "rawId": "x", "communicationUser": {"id": "u"}}),
            json!({"rawId": "x"}),
        ] {
            let identifier: CommunicationIdentifier = from_value(wire).unwrap();
            assert_eq!(identifier, UnknownIdentifier { raw_id: "x".into() }.into());
        }
    }

    #[test]
    fn two_properties_contradict_each_other() {
        let wire = json!({"communicationUser": {"id": "u"}, "phoneNumber": {"value": "+1"}});
        let error = from_value::<CommunicationIdentifier>(wire).unwrap_err();
        assert_eq!(
            error.to_string(),
            "an identifier is both `communicationUser` and `phoneNumber`"
        );
    }
}
