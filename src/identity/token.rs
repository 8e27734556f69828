//! Users and their tokens.

use std::time::Duration;

use serde::Deserialize;
use time::OffsetDateTime;

use super::time::minutes;
use crate::model::{extensible_enum, request};
use crate::{CommunicationUserIdentifier, Secret};

request! {
    /// What the new user can do at once.
    #[doc(alias = "CommunicationIdentityCreateRequest")]
    #[derive(Default)]
    pub struct CreateIdentityRequest {}
    optional {
        /// What a token for the user is good for; without it there is none.
        create_token_with_scopes: [TokenScope],
        /// How long the token is good: 1 to 24 hours, sent in whole minutes, rounded up. 24 hours,
        /// if it is not set.
        #[serde(rename = "expiresInMinutes", serialize_with = "minutes")]
        expires_in: Duration,
    }
}

request! {
    /// What a token is good for, and how long.
    #[doc(alias = "CommunicationIdentityAccessTokenRequest")]
    pub struct IssueAccessTokenRequest {
        /// What the token is good for.
        scopes: [TokenScope],
    }
    optional {
        /// How long the token is good: 1 to 24 hours, sent in whole minutes, rounded up. 24 hours,
        /// if it is not set.
        #[serde(rename = "expiresInMinutes", serialize_with = "minutes")]
        expires_in: Duration,
    }
}

request! {
    /// A Teams user's sign-in, and whose it must be.
    pub struct TeamsUserExchangeTokenRequest {
        /// The Microsoft Entra token of the Teams user.
        token: Secret,
        /// The client id of the application that the token was issued to.
        app_id: String,
        /// The Microsoft Entra object id of the Teams user.
        user_id: String,
    }
}

/// A new user.
#[doc(alias = "CommunicationIdentityAccessTokenResult")]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreatedIdentity {
    /// The user.
    pub identity: CommunicationUserIdentifier,
    /// The token, if the request asked for one.
    pub access_token: Option<AccessToken>,
}

/// A token by which a user calls.
#[doc(alias = "CommunicationIdentityAccessToken")]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AccessToken {
    /// What a [`UserToken`](crate::UserToken) is made of.
    pub token: Secret,
    /// When it expires.
    #[serde(deserialize_with = "crate::timestamp::required::deserialize")]
    pub expires_on: OffsetDateTime,
}

impl CreatedIdentity {
    /// What a test double answers.
    #[must_use]
    pub fn new(identity: CommunicationUserIdentifier, access_token: Option<AccessToken>) -> Self {
        Self { identity, access_token }
    }
}

impl AccessToken {
    /// What a test double answers.
    #[must_use]
    pub fn new(token: impl Into<Secret>, expires_on: OffsetDateTime) -> Self {
        Self { token: token.into(), expires_on }
    }
}

extensible_enum! {
    /// What a token is good for.
    #[doc(alias = "CommunicationIdentityTokenScope")]
    pub enum TokenScope {
        /// Chat.
        Chat = "chat",
        /// Calls.
        Voip = "voip",
        /// Chat, in threads that others have made.
        ChatJoin = "chat.join",
        /// Chat, in threads that others have made, without inviting anyone.
        ChatJoinLimited = "chat.join.limited",
        /// Calls that others have made.
        VoipJoin = "voip.join",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_not_shown() {
        let token = AccessToken::new("hidden", OffsetDateTime::UNIX_EPOCH);
        let created = CreatedIdentity::new(CommunicationUserIdentifier::new("u"), Some(token));
        let exchange = TeamsUserExchangeTokenRequest::new("hidden", "app", "user");
        let text = format!("{created:?} {exchange:?}");
        assert!(!text.contains("hidden"), "{text}");
    }
}
