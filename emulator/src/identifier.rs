//! The identifier of a participant: a kind, and the property that belongs to it.

use serde_json::{Value, json};

use crate::error::{ServiceError, shown};

use self::kind::{Kind, is_e164, is_user_id};

mod kind;

/// The longest raw id, in bytes; those of the service have about 80.
const LONGEST_ID: usize = 1_000;

/// A parsed `CommunicationIdentifierModel`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identifier {
    kind: Kind,
    raw_id: String,
    /// The property of the kind as it is sent; `Null` for an unknown kind.
    property: Value,
}

impl Identifier {
    /// Reads an identifier given by kind and property, by its property alone, or by `rawId` alone.
    /// `target` names it in a error.
    pub(crate) fn read(value: &Value, target: &str) -> Result<Self, ServiceError> {
        let refuse = |why: &str| ServiceError::bad_request(target, format!("`{target}` {why}"));
        let mut properties = Kind::KNOWN.into_iter().filter(|kind| value[kind.name()].is_object());
        let property = properties.next();
        if properties.next().is_some() {
            return Err(refuse("has the properties of two kinds"));
        }
        let identifier = match (property, value["rawId"].as_str()) {
            (Some(kind), _) => Self::of_property(kind, value[kind.name()].clone()),
            (None, Some(raw_id)) => Self::of_raw_id(raw_id, Kind::declared(value)),
            (None, None) => return Err(refuse("has neither `rawId` nor the property of its kind")),
        };
        let Some(identifier) = identifier else { return Err(refuse("has an empty id")) };
        if identifier.raw_id.len() > LONGEST_ID {
            return Err(refuse(&format!("has an id of more than {LONGEST_ID} bytes")));
        }
        if identifier.contradicts(value) {
            let why = format!("is not of one kind: `{}`", shown(&value.to_string()));
            return Err(refuse(&why));
        }
        Ok(identifier)
    }

    /// Reads the raw id of someone who can be called, or a phone number such as `+14255550123`.
    pub(crate) fn read_dialable(text: &str, target: &str) -> Result<Self, ServiceError> {
        let identifier = Self::read(&json!({ "rawId": raw_id(text) }), target)?;
        identifier.check_dialable(target)?;
        if identifier.kind == Kind::Unknown {
            let message = format!(
                "`{target}` is neither a phone number such as `+14255550123` nor a raw id such as \
                 `8:acs:…`: `{}`",
                shown(text)
            );
            return Err(ServiceError::bad_request(target, message));
        }
        Ok(identifier)
    }

    pub(crate) fn raw_id(&self) -> &str {
        &self.raw_id
    }

    pub(crate) fn is_user(&self) -> bool {
        self.kind == Kind::CommunicationUser
    }

    pub(crate) fn is_phone(&self) -> bool {
        self.kind == Kind::PhoneNumber
    }

    /// Refuses identifiers that cannot be called: a number that is not E.164, a user id without a
    /// user.
    pub(crate) fn check_dialable(&self, target: &str) -> Result<(), ServiceError> {
        let is_dialable = match self.kind {
            Kind::PhoneNumber => self.raw_id.strip_prefix("4:").is_some_and(is_e164),
            Kind::CommunicationUser => is_user_id(&self.raw_id),
            _ => true,
        };
        if is_dialable {
            return Ok(());
        }
        let wanted = match self.kind {
            Kind::PhoneNumber => "a phone number such as `+14255550123`",
            _ => "the id of a user, such as `8:acs:…`",
        };
        let message = format!("`{target}` is not {wanted}: `{}`", shown(&self.raw_id));
        Err(ServiceError::bad_request(target, message))
    }

    /// With `kind`, `rawId` and the property, as every response has them.
    pub(crate) fn to_json(&self) -> Value {
        let mut json = json!({ "kind": self.kind.name(), "rawId": self.raw_id });
        if self.kind != Kind::Unknown {
            json[self.kind.name()] = self.property.clone();
        }
        json
    }

    fn of_property(kind: Kind, property: Value) -> Option<Self> {
        let id = property[kind.id_field()].as_str().filter(|id| !id.is_empty())?;
        let raw_id = format!("{}{id}", kind.prefix(&property));
        Some(Self { kind, raw_id, property })
    }

    /// A kind that is declared but not known here, or declared `unknown`, has a raw id and no more.
    fn of_raw_id(raw_id: &str, declared: Option<Kind>) -> Option<Self> {
        let (kind, property) = match declared {
            Some(Kind::Unknown) => (Kind::Unknown, Value::Null),
            _ => Kind::inferred(raw_id),
        };
        (!raw_id.is_empty()).then(|| Self { kind, raw_id: raw_id.to_owned(), property })
    }

    /// Whether `kind` or `rawId`, as sent, contradict the identifier.
    fn contradicts(&self, value: &Value) -> bool {
        if Kind::declared(value).is_some_and(|declared| declared != self.kind) {
            return true;
        }
        let other = |raw_id: &str| {
            let inferred = Kind::inferred(raw_id).0;
            // Of kinds other than users, one identity has several raw ids.
            inferred != self.kind && inferred != Kind::Unknown
                || self.is_user() && raw_id != self.raw_id
        };
        self.kind != Kind::Unknown
            && (other(&self.raw_id) || value["rawId"].as_str().is_some_and(other))
    }
}

/// The raw id of a phone number such as `+14255550123`; a raw id is returned as it is.
pub(crate) fn raw_id(text: &str) -> String {
    if text.starts_with('+') { format!("4:{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &Value) -> Result<Identifier, ServiceError> {
        Identifier::read(value, "participantToAdd")
    }

    #[test]
    fn three_spellings_are_one_identifier() {
        let user = json!({ "id": "8:acs:a_b" });
        let whole = json!({
            "kind": "communicationUser", "rawId": "8:acs:a_b", "communicationUser": user,
        });
        for value in [
            json!({ "kind": "communicationUser", "communicationUser": user }),
            json!({ "communicationUser": user, "rawId": "8:acs:a_b", "phoneNumber": null }),
            json!({ "rawId": "8:acs:a_b" }),
            json!({ "kind": "communicationUser", "rawId": "8:acs:a_b" }),
            whole.clone(),
        ] {
            assert_eq!(read(&value).unwrap().to_json(), whole, "{value}");
        }
    }

    #[test]
    fn a_raw_id_and_its_property_go_both_ways() {
        for (raw_id, kind, property) in [
            ("4:+1555", "phoneNumber", json!({ "value": "+1555" })),
            ("8:dod-acs:a", "communicationUser", json!({ "id": "8:dod-acs:a" })),
            (
                "8:gcch:u",
                "microsoftTeamsUser",
                json!({ "userId": "u", "isAnonymous": false, "cloud": "gcch" }),
            ),
            (
                "8:teamsvisitor:u",
                "microsoftTeamsUser",
                json!({ "userId": "u", "isAnonymous": true, "cloud": "public" }),
            ),
            ("28:orgid:a", "microsoftTeamsApp", json!({ "appId": "a", "cloud": "public" })),
        ] {
            let by_raw_id = read(&json!({ "rawId": raw_id })).unwrap();
            let by_property = read(&json!({ kind: property })).unwrap();
            assert_eq!(by_raw_id, by_property);
            assert_eq!(by_property.raw_id(), raw_id);
            assert_eq!(by_property.is_user(), kind == "communicationUser");
        }
        let unknown = json!({ "kind": "unknown", "rawId": "48:bot" });
        assert_eq!(read(&json!({ "rawId": "48:bot" })).unwrap().to_json(), unknown);
    }

    #[test]
    fn a_phone_number_is_never_taken_from_the_raw_id() {
        let value = json!({ "rawId": "4:112345556789", "phoneNumber": { "value": "+1123" } });
        assert_eq!(read(&value).unwrap().raw_id(), "4:+1123");
    }

    #[test]
    fn only_whole_numbers_and_user_ids_can_be_called() {
        for raw_id in ["4:+14255550123", "8:acs:a_b", "8:orgid:u", "28:orgid:a", "48:bot"] {
            let identifier = read(&json!({ "rawId": raw_id })).unwrap();
            assert!(identifier.check_dialable("a").is_ok(), "{raw_id}");
        }
        for value in [
            json!({ "phoneNumber": { "value": "hello" } }),
            json!({ "phoneNumber": { "value": "14255550123" } }),
            json!({ "phoneNumber": { "value": "+1 425 555 0123" } }),
            json!({ "phoneNumber": { "value": "+14255550123_987" } }),
            json!({ "phoneNumber": { "value": "+1234567890123456" } }),
            json!({ "rawId": "8:acs:" }),
            json!({ "rawId": "8:acs:a b" }),
            json!({ "communicationUser": { "id": "alice" } }),
        ] {
            let checked = read(&value).and_then(|identifier| identifier.check_dialable("a"));
            assert_eq!(checked.unwrap_err().status, 400, "{value}");
        }
    }

    #[test]
    fn an_unknown_kind_never_becomes_a_user() {
        for kind in ["unknown", "teamsExtensionUser"] {
            let identifier = read(&json!({ "kind": kind, "rawId": "8:acs:a_b_c" })).unwrap();
            assert!(!identifier.is_user());
            assert_eq!(identifier.to_json(), json!({ "kind": "unknown", "rawId": "8:acs:a_b_c" }));
        }
    }

    #[test]
    fn contradictions_are_refused() {
        let (user, phone) = (json!({ "id": "8:acs:a" }), json!({ "value": "+1555" }));
        for value in [
            json!({}),
            json!({ "kind": "communicationUser" }),
            json!({ "rawId": "" }),
            json!({ "communicationUser": { "id": "" } }),
            json!({ "communicationUser": user, "phoneNumber": phone }),
            json!({ "kind": "phoneNumber", "communicationUser": user }),
            json!({ "kind": "unknown", "communicationUser": user }),
            json!({ "kind": "communicationUser", "rawId": "4:+1555" }),
            json!({ "kind": "communicationUser", "rawId": "99:x" }),
            json!({ "communicationUser": user, "rawId": "8:acs:b" }),
            json!({ "communicationUser": { "id": "4:+1555" } }),
            json!({ "phoneNumber": phone, "rawId": "8:acs:a" }),
        ] {
            let error = read(&value).unwrap_err();
            assert_eq!(error.status, 400, "{value}");
            assert!(error.message.starts_with("`participantToAdd` "), "{}", error.message);
        }
    }
}
