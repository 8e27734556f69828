//! Raw ids: one text for every kind of participant, such as `8:acs:…` or `4:+14255550123`.

use std::borrow::Cow;

use super::{
    CommunicationCloudEnvironment, CommunicationIdentifier, CommunicationUserIdentifier,
    MicrosoftTeamsAppIdentifier, MicrosoftTeamsUserIdentifier, PhoneNumberIdentifier,
    TeamsExtensionUserIdentifier, UnknownIdentifier,
};
use crate::{PathValue, QueryValue};

impl CommunicationIdentifier {
    /// Reads a raw id. A raw id of an unknown form becomes [`Unknown`](Self::Unknown).
    #[must_use]
    pub fn from_raw_id(raw_id: impl Into<String>) -> Self {
        let raw_id = raw_id.into();
        if let Some(number) = raw_id.strip_prefix("4:") {
            return phone_number(number).into();
        }
        let mut parts = raw_id.split(':');
        let (Some(class), Some(scope), Some(id), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Self::Unknown(UnknownIdentifier { raw_id });
        };
        let teams = CommunicationCloudEnvironment::from_teams_scope(scope);
        match (class, scope, teams) {
            ("8", "acs" | "spool" | "dod-acs" | "gcch-acs", _) => extension_user(scope, id)
                .map_or_else(|| CommunicationUserIdentifier { id: raw_id }.into(), Self::from),
            ("8", "teamsvisitor", _) => MicrosoftTeamsUserIdentifier::anonymous(id).into(),
            ("8", _, Some(cloud)) => MicrosoftTeamsUserIdentifier::new(id).cloud(cloud).into(),
            ("28", _, Some(cloud)) => MicrosoftTeamsAppIdentifier::new(id).cloud(cloud).into(),
            _ => Self::Unknown(UnknownIdentifier { raw_id }),
        }
    }

    /// Returns the raw id: the one from the service, or the one derived from the other fields. Pass
    /// it to operations such as `get_participant`.
    #[must_use]
    pub fn raw_id(&self) -> Cow<'_, str> {
        let given = match self {
            Self::CommunicationUser(user) => Some(&user.id),
            Self::PhoneNumber(phone) => phone.raw_id.as_ref(),
            Self::MicrosoftTeamsUser(user) => user.raw_id.as_ref(),
            Self::MicrosoftTeamsApp(app) => app.raw_id.as_ref(),
            Self::TeamsExtensionUser(user) => user.raw_id.as_ref(),
            Self::Unknown(unknown) => Some(&unknown.raw_id),
        };
        given.map_or_else(
            || Cow::Owned(self.derived_raw_id()),
            |given| Cow::Borrowed(given.as_str()),
        )
    }

    fn derived_raw_id(&self) -> String {
        match self {
            Self::CommunicationUser(user) => user.id.clone(),
            Self::PhoneNumber(phone) => match &phone.asserted_id {
                Some(asserted) => format!("4:{}_{asserted}", phone.value),
                None => format!("4:{}", phone.value),
            },
            Self::MicrosoftTeamsUser(user) if user.is_anonymous => {
                format!("8:teamsvisitor:{}", user.user_id)
            }
            Self::MicrosoftTeamsUser(user) => {
                format!("8:{}:{}", user.cloud.teams_scope(), user.user_id)
            }
            Self::MicrosoftTeamsApp(app) => {
                format!("28:{}:{}", app.cloud.teams_scope(), app.app_id)
            }
            Self::TeamsExtensionUser(user) => {
                let (scope, resource) = (user.cloud.acs_scope(), &user.resource_id);
                format!("8:{scope}:{resource}_{}_{}", user.tenant_id, user.user_id)
            }
            Self::Unknown(unknown) => unknown.raw_id.clone(),
        }
    }

    /// Keeps a raw id of the service that cannot be derived from the other fields.
    pub(super) fn with_raw_id(mut self, given: Option<String>) -> Self {
        let given = given.filter(|given| !given.is_empty() && *given != self.derived_raw_id());
        match &mut self {
            Self::PhoneNumber(phone) => phone.raw_id = given,
            Self::MicrosoftTeamsUser(user) => user.raw_id = given,
            Self::MicrosoftTeamsApp(app) => app.raw_id = given,
            Self::TeamsExtensionUser(user) => user.raw_id = given,
            Self::CommunicationUser(_) | Self::Unknown(_) => {}
        }
        self
    }
}

impl PathValue for CommunicationIdentifier {
    /// Returns the raw id.
    fn to_path_text(&self) -> Cow<'_, str> {
        self.raw_id()
    }
}

impl PathValue for CommunicationUserIdentifier {
    /// Returns the id.
    fn to_path_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }
}

impl QueryValue for CommunicationIdentifier {
    /// Returns the raw id.
    fn to_query_text(&self) -> Cow<'_, str> {
        self.raw_id()
    }
}

impl QueryValue for CommunicationUserIdentifier {
    /// Returns the id.
    fn to_query_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }
}

/// `+14255550123`, `anonymous`, or a number with the asserted id behind it: `+14255550123_987654`.
fn phone_number(text: &str) -> PhoneNumberIdentifier {
    match text.rsplit_once('_') {
        Some((number, asserted)) if !number.is_empty() && !asserted.is_empty() => {
            let asserted_id = Some(asserted.to_owned());
            PhoneNumberIdentifier { asserted_id, ..PhoneNumberIdentifier::new(number) }
        }
        _ => PhoneNumberIdentifier::new(text),
    }
}

/// `<resource>_<tenant>_<user>`; an ACS user has two parts.
fn extension_user(scope: &str, id: &str) -> Option<TeamsExtensionUserIdentifier> {
    let cloud = CommunicationCloudEnvironment::from_acs_scope(scope)?;
    let mut parts = id.split('_').filter(|part| !part.is_empty());
    let (resource, tenant, user) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = resource.len() + tenant.len() + user.len() + 2 == id.len();
    is_whole.then(|| TeamsExtensionUserIdentifier::new(user, tenant, resource).cloud(cloud))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_arguments_of_operations() {
        let user = CommunicationUserIdentifier::new("8:acs:r_u");
        assert_eq!(
            (user.to_path_text(), user.to_query_text()),
            ("8:acs:r_u".into(), "8:acs:r_u".into())
        );
        let phone = CommunicationIdentifier::from_raw_id("4:+1");
        assert_eq!((phone.to_path_text(), phone.to_query_text()), ("4:+1".into(), "4:+1".into()));
    }
}
