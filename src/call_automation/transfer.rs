//! Call Connection - Transfer To Participant, and the context that an invitation carries.

use std::collections::BTreeMap;

use crate::{CommunicationIdentifier, PhoneNumberIdentifier, acs_model};

/// The target to transfer the call to.
#[acs_model]
#[derive(Eq, Hash)]
pub struct TransferToParticipantRequest {
    /// The target of the transfer.
    pub target_participant: CommunicationIdentifier,
    /// An opaque value that the service returns in the response and in related events.
    pub operation_context: Option<String>,
    /// The participant to transfer; optional if there is exactly one other participant.
    pub transferee: Option<CommunicationIdentifier>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
    /// The headers and details that the target receives with the call.
    pub custom_calling_context: Option<CustomCallingContext>,
    /// The phone number that is shown to a target that is a phone.
    pub source_caller_id_number: Option<PhoneNumberIdentifier>,
}

/// The result of [`transfer_to_participant`](super::CallConnection::transfer_to_participant).
#[acs_model]
#[derive(Eq, Hash)]
pub struct TransferCallResponse {
    /// The `operation_context` of the request.
    pub operation_context: Option<String>,
}

/// The headers that an invitation carries: up to 1000 VoIP headers, and up to 5 SIP headers, whose
/// names start with `X-MS-Custom-`, besides `User-To-User`.
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
#[acs_model]
#[derive(Eq, Hash)]
pub struct CustomCallingContext {
    /// The headers for a target that is called over the internet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub voip_headers: BTreeMap<String, String>,
    /// The headers for a target that is called over the telephone network.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sip_headers: BTreeMap<String, String>,
}

impl CustomCallingContext {
    /// Adds a header for a target that is called over the internet.
    #[must_use]
    pub fn voip_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.voip_headers.insert(name.into(), value.into());
        self
    }

    /// Adds a header for a target that is called over the telephone network.
    #[must_use]
    pub fn sip_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.sip_headers.insert(name.into(), value.into());
        self
    }
}
