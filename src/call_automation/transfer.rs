//! Call Connection - Transfer To Participant, and what an invitation brings along.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::identifier::wire::absent_or;
use crate::model::request;
use crate::{CommunicationIdentifier, PhoneNumberIdentifier};

request! {
    /// Whom to hand the call to.
    pub struct TransferToParticipantRequest {
        /// Who takes the call over.
        target_participant: CommunicationIdentifier,
    }
    optional {
        /// A text of your own that the result and the event carry too.
        operation_context: String,
        /// Who is handed over; a call of two needs it not.
        transferee: CommunicationIdentifier,
        /// Where this operation's event goes, instead of where the call's events go.
        operation_callback_uri: String,
        /// What the target is told along with the call.
        custom_calling_context: CustomCallingContext,
        /// The number that a phone which takes the call over is shown.
        source_caller_id_number: PhoneNumberIdentifier,
    }
}

/// A call that is being handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TransferCallResponse {
    /// The text of the request.
    pub operation_context: Option<String>,
}

/// Headers that an invitation brings along: up to 1000 over the internet, and up to 5 over the
/// telephone network, whose names start with `X-MS-Custom-`, besides `User-To-User`.
///
/// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/custom-context>.
///
/// ```
/// use acs_rest::call_automation::CustomCallingContext;
///
/// let context = CustomCallingContext::new()
///     .voip_header("order", "4711")
///     .sip_header("X-MS-Custom-Order", "4711");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomCallingContext {
    /// For whoever is called over the internet.
    #[serde(default, deserialize_with = "absent_or", skip_serializing_if = "BTreeMap::is_empty")]
    pub voip_headers: BTreeMap<String, String>,
    /// For whoever is called over the telephone network.
    #[serde(default, deserialize_with = "absent_or", skip_serializing_if = "BTreeMap::is_empty")]
    pub sip_headers: BTreeMap<String, String>,
}

impl CustomCallingContext {
    /// Without any header.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a header for whoever is called over the internet.
    #[must_use]
    pub fn voip_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.voip_headers.insert(name.into(), value.into());
        self
    }

    /// Adds a header for whoever is called over the telephone network.
    #[must_use]
    pub fn sip_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.sip_headers.insert(name.into(), value.into());
        self
    }
}
