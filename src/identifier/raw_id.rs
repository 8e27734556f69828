//! Raw ids: one text for every kind of participant, such as `8:acs:…` or `4:+14255550123`.

use std::borrow::Cow;

use super::{
    CommunicationCloudEnvironment, CommunicationIdentifier, CommunicationUserIdentifier,
    MicrosoftTeamsAppIdentifier, MicrosoftTeamsUserIdentifier, PhoneNumberIdentifier,
    UnknownIdentifier,
};

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
    pub(super) fn with_raw_id(mut self, given: Option<String>) -> Self {
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

    pub(super) fn scope(&self) -> &str {
        match self {
            Self::Public => "orgid",
            Self::Dod => "dod",
            Self::Gcch => "gcch",
            Self::Other(name) => name,
        }
    }
}
