//! Call Connection - Mute.

use serde::Deserialize;

use crate::CommunicationIdentifier;
use crate::model::request;

request! {
    /// Whom to mute.
    ///
    /// ```
    /// use acs_rest::CommunicationUserIdentifier;
    /// use acs_rest::call_automation::MuteParticipantsRequest;
    ///
    /// let user = CommunicationUserIdentifier::new("8:acs:resource_user");
    /// let request = MuteParticipantsRequest::new([user]).operation_context("before the announcement");
    /// ```
    pub struct MuteParticipantsRequest {
        /// The participants to mute; the service takes ACS users only.
        target_participants: [CommunicationIdentifier],
    }
    optional {
        /// A text of your own that the result and the event carry too.
        operation_context: String,
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
