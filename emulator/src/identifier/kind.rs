//! The kind of an identifier, and what it says about raw ids.

use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    CommunicationUser,
    PhoneNumber,
    TeamsUser,
    TeamsApp,
    Unknown,
}

impl Kind {
    pub(super) const KNOWN: [Self; 4] =
        [Self::CommunicationUser, Self::PhoneNumber, Self::TeamsUser, Self::TeamsApp];

    /// The name as a kind, and of the property.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::CommunicationUser => "communicationUser",
            Self::PhoneNumber => "phoneNumber",
            Self::TeamsUser => "microsoftTeamsUser",
            Self::TeamsApp => "microsoftTeamsApp",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn id_field(self) -> &'static str {
        match self {
            Self::PhoneNumber => "value",
            Self::TeamsUser => "userId",
            Self::TeamsApp => "appId",
            Self::CommunicationUser | Self::Unknown => "id",
        }
    }

    /// The prefix of the id in a raw id.
    pub(super) fn prefix(self, property: &Value) -> &'static str {
        // The SDKs write `PUBLIC` or `public`.
        let cloud = property["cloud"].as_str().unwrap_or("public").to_ascii_lowercase();
        match (self, cloud.as_str()) {
            (Self::PhoneNumber, _) => "4:",
            (Self::TeamsUser, _) if property["isAnonymous"] == true => "8:teamsvisitor:",
            (Self::TeamsUser, "dod") => "8:dod:",
            (Self::TeamsUser, "gcch") => "8:gcch:",
            (Self::TeamsUser, _) => "8:orgid:",
            (Self::TeamsApp, "dod") => "28:dod:",
            (Self::TeamsApp, "gcch") => "28:gcch:",
            (Self::TeamsApp, _) => "28:orgid:",
            (Self::CommunicationUser | Self::Unknown, _) => "",
        }
    }

    /// The kind that was sent; one that is not known here counts as unknown.
    pub(super) fn declared(value: &Value) -> Option<Self> {
        let name = value["kind"].as_str()?;
        let known = Self::KNOWN.into_iter().find(|kind| kind.name() == name);
        Some(known.unwrap_or(Self::Unknown))
    }

    /// The kind and property that a raw id implies.
    pub(super) fn inferred(raw_id: &str) -> (Self, Value) {
        const USERS: [&str; 4] = ["8:acs:", "8:dod-acs:", "8:gcch-acs:", "8:spool:"];
        if USERS.iter().any(|prefix| raw_id.starts_with(prefix)) {
            return (Self::CommunicationUser, json!({ "id": raw_id }));
        }
        if let Some(number) = raw_id.strip_prefix("4:") {
            return (Self::PhoneNumber, json!({ "value": number }));
        }
        let (Some((prefix, id)), cloud) = (raw_id.rsplit_once(':'), cloud(raw_id)) else {
            return (Self::Unknown, Value::Null);
        };
        match (prefix, cloud) {
            ("8:teamsvisitor", _) => {
                (Self::TeamsUser, json!({ "userId": id, "isAnonymous": true, "cloud": "public" }))
            }
            ("8:orgid" | "8:dod" | "8:gcch", cloud) => {
                (Self::TeamsUser, json!({ "userId": id, "isAnonymous": false, "cloud": cloud }))
            }
            ("28:orgid" | "28:dod" | "28:gcch", cloud) => {
                (Self::TeamsApp, json!({ "appId": id, "cloud": cloud }))
            }
            _ => (Self::Unknown, Value::Null),
        }
    }
}

pub(super) fn is_e164(number: &str) -> bool {
    let Some(digits) = number.strip_prefix('+') else { return false };
    (2..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn is_user_id(raw_id: &str) -> bool {
    let user = raw_id.splitn(3, ':').nth(2).unwrap_or_default();
    Kind::inferred(raw_id).0 == Kind::CommunicationUser
        && !user.is_empty()
        && user.chars().all(|c| !c.is_whitespace() && !c.is_control())
}

pub(super) fn cloud(raw_id: &str) -> &'static str {
    match raw_id.split(':').nth(1) {
        Some("dod") => "dod",
        Some("gcch") => "gcch",
        _ => "public",
    }
}
