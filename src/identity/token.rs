//! Users and their access tokens.

use std::time::Duration;

use serde::{Serialize, Serializer};
use time::OffsetDateTime;

use crate::{CommunicationUserIdentifier, Secret, acs_model};

/// The options of a new user.
#[acs_model]
#[doc(alias = "CommunicationIdentityCreateRequest")]
#[derive(Eq, Hash)]
pub struct CreateIdentityRequest {
    /// The scopes of an access token for the user. If it is not set, no token is issued.
    pub create_token_with_scopes: Option<Vec<TokenScope>>,
    /// The lifetime of the token, 1 to 24 hours. It is sent in whole minutes, rounded up. The default is
    /// 24 hours.
    #[serde(rename = "expiresInMinutes", with = "crate::duration::minutes")]
    pub expires_in: Option<Duration>,
}

/// The scopes and the lifetime of an access token.
#[acs_model]
#[doc(alias = "CommunicationIdentityAccessTokenRequest")]
#[derive(Eq, Hash)]
pub struct IssueAccessTokenRequest {
    /// The scopes of the token.
    pub scopes: Vec<TokenScope>,
    /// The lifetime of the token, 1 to 24 hours. It is sent in whole minutes, rounded up. The default is
    /// 24 hours.
    #[serde(rename = "expiresInMinutes", with = "crate::duration::minutes")]
    pub expires_in: Option<Duration>,
}

/// The Microsoft Entra token of a Teams user, and the user whom it must identify.
#[acs_model]
#[derive(Eq)]
pub struct TeamsUserExchangeTokenRequest {
    /// The Microsoft Entra token of the Teams user.
    pub token: Secret,
    /// The client id of the application for which the token was issued.
    pub app_id: String,
    /// The Microsoft Entra object id of the Teams user.
    pub user_id: String,
}

/// A new user, and the access token that was requested with it.
#[acs_model]
#[doc(alias = "CommunicationIdentityAccessTokenResult")]
#[derive(Eq)]
pub struct CreatedIdentity {
    /// The user.
    pub identity: CommunicationUserIdentifier,
    /// The access token, if the request contained scopes.
    pub access_token: Option<AccessToken>,
}

/// An access token of a user.
#[acs_model]
#[doc(alias = "CommunicationIdentityAccessToken")]
#[derive(Eq)]
pub struct AccessToken {
    /// The token, from which a [`UserToken`](crate::UserToken) can be created.
    pub token: Secret,
    /// The time at which the token expires.
    #[serde(
        serialize_with = "rfc3339",
        deserialize_with = "crate::timestamp::required::deserialize"
    )]
    pub expires_on: OffsetDateTime,
}

/// The scope of an access token.
#[acs_model]
#[doc(alias = "CommunicationIdentityTokenScope")]
pub enum TokenScope {
    /// Chat.
    Chat,
    /// Calls.
    Voip,
    /// Chat, in threads to which the user was added.
    #[serde(rename = "chat.join")]
    ChatJoin,
    /// Chat, in threads to which the user was added, without permission to add participants.
    #[serde(rename = "chat.join.limited")]
    ChatJoinLimited,
    /// Calls to which the user was invited.
    #[serde(rename = "voip.join")]
    VoipJoin,
}

fn rfc3339<S: Serializer>(time: &OffsetDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    crate::timestamp::format(time).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_not_shown() {
        let token = AccessToken::new("hidden", OffsetDateTime::UNIX_EPOCH);
        let user = CommunicationUserIdentifier::new("u");
        let created = CreatedIdentity::new(user).access_token(token);
        let exchange = TeamsUserExchangeTokenRequest::new("hidden", "app", "user");
        let text = format!("{created:?} {exchange:?}");
        assert!(!text.contains("hidden"), "{text}");
    }
}
