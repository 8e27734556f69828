//! Call Connection - Mute.

use serde::{Deserialize, Serialize};

use crate::CommunicationIdentifier;

/// Whom to mute.
///
/// ```
/// use acs_rest::CommunicationUserIdentifier;
/// use acs_rest::call_automation::MuteParticipantsRequest;
///
/// let user = CommunicationUserIdentifier::new("8:acs:resource_user");
/// let request = MuteParticipantsRequest::new([user]).operation_context("before the announcement");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MuteParticipantsRequest {
    /// The participants to mute; the service takes ACS users only.
    pub target_participants: Vec<CommunicationIdentifier>,
    /// A text of your own that the result and the event carry too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation_context: Option<String>,
}

impl MuteParticipantsRequest {
    /// Mutes these participants.
    pub fn new<I>(target_participants: I) -> Self
    where
        I: IntoIterator<Item: Into<CommunicationIdentifier>>,
    {
        let target_participants = target_participants.into_iter().map(Into::into).collect();
        Self { target_participants, operation_context: None }
    }

    /// Sets a text of your own that the result and the event carry too.
    #[must_use]
    pub fn operation_context(mut self, operation_context: impl Into<String>) -> Self {
        self.operation_context = Some(operation_context.into());
        self
    }
}

/// What came of muting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MuteParticipantsResult {
    /// The text of the request.
    pub operation_context: Option<String>,
}
