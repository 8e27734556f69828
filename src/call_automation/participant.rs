//! Who is in a call, and how.

use serde::Deserialize;

use crate::CommunicationIdentifier;

/// One participant of a call.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallParticipant {
    /// Who it is.
    pub identifier: Option<CommunicationIdentifier>,
    /// Whether the participant is muted.
    pub is_muted: Option<bool>,
    /// Whether the participant is on hold.
    pub is_on_hold: Option<bool>,
}
