//! The wire model: `kind`, `rawId` and the one property that belongs to the kind.

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    CommunicationCloudEnvironment, CommunicationIdentifier, CommunicationUserIdentifier,
    MicrosoftTeamsAppIdentifier, MicrosoftTeamsUserIdentifier, PhoneNumberIdentifier,
    TeamsExtensionUserIdentifier,
};

/// The wire model, whose properties could contradict each other.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    kind: Option<String>,
    raw_id: Option<String>,
    communication_user: Option<Parts>,
    phone_number: Option<Parts>,
    microsoft_teams_user: Option<Parts>,
    microsoft_teams_app: Option<Parts>,
    teams_extension_user: Option<Parts>,
}

/// The fields of all kinds. If a field that the kind requires is missing, the raw id decides.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parts {
    id: Option<String>,
    value: Option<String>,
    asserted_id: Option<String>,
    user_id: Option<String>,
    tenant_id: Option<String>,
    resource_id: Option<String>,
    app_id: Option<String>,
    is_anonymous: Option<bool>,
    cloud: Option<CommunicationCloudEnvironment>,
}

impl Parts {
    fn communication_user(self) -> Option<CommunicationIdentifier> {
        Some(CommunicationUserIdentifier::new(present(self.id)?).into())
    }

    fn phone_number(self) -> Option<CommunicationIdentifier> {
        let mut phone = PhoneNumberIdentifier::new(present(self.value)?);
        phone.is_anonymous |= self.is_anonymous.unwrap_or_default();
        phone.asserted_id = present(self.asserted_id);
        Some(phone.into())
    }

    fn microsoft_teams_user(self) -> Option<CommunicationIdentifier> {
        let mut user = MicrosoftTeamsUserIdentifier::new(present(self.user_id)?);
        user.is_anonymous = self.is_anonymous.unwrap_or_default();
        Some(user.cloud(self.cloud.unwrap_or_default()).into())
    }

    fn microsoft_teams_app(self) -> Option<CommunicationIdentifier> {
        let app = MicrosoftTeamsAppIdentifier::new(present(self.app_id)?);
        Some(app.cloud(self.cloud.unwrap_or_default()).into())
    }

    fn teams_extension_user(self) -> Option<CommunicationIdentifier> {
        let (user, tenant) = (present(self.user_id)?, present(self.tenant_id)?);
        let user = TeamsExtensionUserIdentifier::new(user, tenant, present(self.resource_id)?);
        Some(user.cloud(self.cloud.unwrap_or_default()).into())
    }
}

/// Treats an empty text as absent.
fn present(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

impl Serialize for CommunicationIdentifier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self {
            Self::CommunicationUser(_) => "communicationUser",
            Self::PhoneNumber(_) => "phoneNumber",
            Self::MicrosoftTeamsUser(_) => "microsoftTeamsUser",
            Self::MicrosoftTeamsApp(_) => "microsoftTeamsApp",
            Self::TeamsExtensionUser(_) => "teamsExtensionUser",
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
            Self::TeamsExtensionUser(user) => {
                crate::__private::needs_version("2025-06-15");
                wire.serialize_field(kind, user)?;
            }
            Self::Unknown(_) => {}
        }
        wire.end()
    }
}

impl<'de> Deserialize<'de> for CommunicationIdentifier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let found = [
            ("communicationUser", wire.communication_user.map(Parts::communication_user)),
            ("phoneNumber", wire.phone_number.map(Parts::phone_number)),
            ("microsoftTeamsUser", wire.microsoft_teams_user.map(Parts::microsoft_teams_user)),
            ("microsoftTeamsApp", wire.microsoft_teams_app.map(Parts::microsoft_teams_app)),
            ("teamsExtensionUser", wire.teams_extension_user.map(Parts::teams_extension_user)),
        ];
        let mut found = found.into_iter().filter_map(|(name, found)| Some((name, found?)));
        let (property, another) = (found.next(), found.next());
        if let (Some((first, _)), Some((second, _))) = (&property, &another) {
            return Err(D::Error::custom(format!(
                "an identifier is both `{first}` and `{second}`"
            )));
        }
        // A kind cannot be relied on if its property is missing or belongs to another kind.
        let is_of_kind =
            |name: &str| wire.kind.as_ref().is_none_or(|kind| kind.eq_ignore_ascii_case(name));
        let named = property.filter(|(name, _)| is_of_kind(name)).and_then(|(_, found)| found);
        Ok(match named {
            Some(identifier) => identifier.with_raw_id(wire.raw_id),
            None => Self::from_raw_id(wire.raw_id.unwrap_or_default()),
        })
    }
}

/// Reads `null` as an absent value.
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

    use super::super::UnknownIdentifier;
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
                json!({"kind": "teamsExtensionUser", "teamsExtensionUser":
                {"userId": "u", "tenantId": "t", "resourceId": "r", "cloud": "public"}}),
            ),
            (
                "8:gcch-acs:r_t_u",
                json!({"kind": "teamsExtensionUser", "teamsExtensionUser":
                {"userId": "u", "tenantId": "t", "resourceId": "r", "cloud": "gcch"}}),
            ),
            (
                "8:spool:r_t_u",
                json!({"kind": "communicationUser", "communicationUser": {"id": "8:spool:r_t_u"}}),
            ),
            (
                "8:acs:r_t_u_v",
                json!({"kind": "communicationUser", "communicationUser": {"id": "8:acs:r_t_u_v"}}),
            ),
            (
                "8:acs:r__u",
                json!({"kind": "communicationUser", "communicationUser": {"id": "8:acs:r__u"}}),
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
    fn raw_ids_and_wire_forms_are_equivalent() {
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
        let known = known().into_iter().filter(|(_, wire)| wire["kind"] != "unknown");
        for (raw_id, mut wire) in known {
            wire.as_object_mut().unwrap().remove("kind");
            let identifier: CommunicationIdentifier = from_value(wire).unwrap();
            assert_eq!(identifier, CommunicationIdentifier::from_raw_id(raw_id));
        }
    }

    #[test]
    fn null_counts_as_absent() {
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
    fn an_unknown_identifier_keeps_its_raw_id() {
        for wire in [
            json!({"kind": "robot", "rawId": "x", "robot": {"id": "u"}}),
            json!({"kind": "teamsExtensionUser", "rawId": "x", "teamsExtensionUser": {"userId": "u"}}),
            json!({"kind": "phoneNumber", "rawId": "x", "phoneNumber": {"value": ""}}),
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
    #[test]
    fn kinds_are_read_in_any_case() {
        for (raw_id, mut wire) in known() {
            let kind = wire["kind"].as_str().unwrap().to_owned();
            for kind in [kind.to_uppercase(), kind[..1].to_uppercase() + &kind[1..]] {
                wire["kind"] = kind.into();
                wire["rawId"] = raw_id.into();
                let identifier: CommunicationIdentifier = from_value(wire.clone()).unwrap();
                assert_eq!(identifier, CommunicationIdentifier::from_raw_id(raw_id), "{wire}");
            }
        }
    }

    #[test]
    fn without_a_property_the_raw_id_decides() {
        for (raw_id, wire) in known() {
            for kind in ["unknown", "Unknown", wire["kind"].as_str().unwrap()] {
                let wire = json!({"kind": kind, "rawId": raw_id});
                let identifier: CommunicationIdentifier = from_value(wire).unwrap();
                assert_eq!(identifier, CommunicationIdentifier::from_raw_id(raw_id));
            }
        }
    }

    #[test]
    fn an_asserted_id_is_apart_from_the_number() {
        let raw_id = "4:+14255550123_987654";
        let phone = CommunicationIdentifier::from_raw_id(raw_id);
        let number = json!({"value": "+14255550123", "assertedId": "987654", "isAnonymous": false});
        let wire = json!({"kind": "phoneNumber", "rawId": raw_id, "phoneNumber": number});
        assert_eq!(from_value::<CommunicationIdentifier>(wire).unwrap(), phone);
        assert_eq!(phone.raw_id(), raw_id);
        // The service asserts it, a request does not.
        assert_eq!(to_value(&phone).unwrap()["phoneNumber"], json!({"value": "+14255550123"}));
        let CommunicationIdentifier::PhoneNumber(phone) = phone else { panic!("{phone:?}") };
        assert_eq!((&*phone.value, phone.asserted_id.as_deref()), ("+14255550123", Some("987654")));
        for odd in ["4:_1", "4:+1_", "4:_"] {
            assert_eq!(CommunicationIdentifier::from_raw_id(odd).raw_id(), odd);
        }
    }

    #[test]
    fn an_anonymous_caller() {
        for wire in [
            json!({"rawId": "4:anonymous", "phoneNumber": {"value": "anonymous"}}),
            json!({"rawId": "4:anonymous", "phoneNumber": {"value": "anonymous", "isAnonymous": true}}),
            json!({"kind": "unknown", "rawId": "4:anonymous"}),
        ] {
            let identifier: CommunicationIdentifier = from_value(wire).unwrap();
            let CommunicationIdentifier::PhoneNumber(phone) = identifier else {
                panic!("{identifier:?}");
            };
            assert!(phone.is_anonymous);
        }
    }
}
