//! The wire model: `kind`, `rawId` and the one property that belongs to the kind.

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    CommunicationCloudEnvironment, CommunicationIdentifier, CommunicationUserIdentifier,
    MicrosoftTeamsAppIdentifier, MicrosoftTeamsUserIdentifier, PhoneNumberIdentifier,
    UnknownIdentifier,
};

/// The wire model, whose properties could contradict each other.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    kind: Option<String>,
    raw_id: Option<String>,
    communication_user: Option<CommunicationUserIdentifier>,
    phone_number: Option<PhoneNumberIdentifier>,
    microsoft_teams_user: Option<MicrosoftTeamsUserIdentifier>,
    microsoft_teams_app: Option<MicrosoftTeamsAppIdentifier>,
}

impl Serialize for CommunicationIdentifier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self {
            Self::CommunicationUser(_) => "communicationUser",
            Self::PhoneNumber(_) => "phoneNumber",
            Self::MicrosoftTeamsUser(_) => "microsoftTeamsUser",
            Self::MicrosoftTeamsApp(_) => "microsoftTeamsApp",
            Self::Unknown(_) => "unknown",
        };
        let members = 2 + usize::from(!matches!(self, Self::Unknown(_)));
        let mut wire = serializer.serialize_struct("CommunicationIdentifierModel", members)?;
        wire.serialize_field("kind", kind)?;
        wire.serialize_field("rawId", &*self.raw_id())?;
        match self {
            Self::CommunicationUser(user) => wire.serialize_field(kind, user)?,
            Self::PhoneNumber(phone) => wire.serialize_field(kind, phone)?,
            Self::MicrosoftTeamsUser(user) => wire.serialize_field(kind, user)?,
            Self::MicrosoftTeamsApp(app) => wire.serialize_field(kind, app)?,
            Self::Unknown(_) => {}
        }
        wire.end()
    }
}

impl<'de> Deserialize<'de> for CommunicationIdentifier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let found = [
            wire.communication_user.map(|user| ("communicationUser", user.into())),
            wire.phone_number.map(|phone| ("phoneNumber", phone.into())),
            wire.microsoft_teams_user.map(|user| ("microsoftTeamsUser", user.into())),
            wire.microsoft_teams_app.map(|app| ("microsoftTeamsApp", app.into())),
        ];
        let mut found = found.into_iter().flatten();
        let (property, another) = (found.next(), found.next());
        if let (Some((first, _)), Some((second, _))) = (&property, &another) {
            return Err(D::Error::custom(format!(
                "an identifier is both `{first}` and `{second}`"
            )));
        }
        // A kind whose property is missing, or is another's, says nothing to rely on.
        let named = property.filter(|(name, _)| wire.kind.as_ref().is_none_or(|kind| kind == name));
        Ok(match named {
            Some((_, identifier)) => Self::with_raw_id(identifier, wire.raw_id),
            None => UnknownIdentifier { raw_id: wire.raw_id.unwrap_or_default() }.into(),
        })
    }
}

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

/// `null` is as good as absent.
pub(crate) fn absent_or<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Default,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
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
    fn null_is_as_good_as_absent() {
        let wire = json!({"kind": null, "rawId": null, "phoneNumber": null,
            "microsoftTeamsUser": {"userId": "a", "isAnonymous": null, "cloud": null}});
        let identifier: CommunicationIdentifier = from_value(wire).unwrap();
        assert_eq!(identifier, MicrosoftTeamsUserIdentifier::new("a").into());
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
