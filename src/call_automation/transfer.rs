//! The models of Transfer To Participant, and the context of an invitation.

use std::collections::BTreeMap;

use super::TeamsPhoneCallDetails;
use crate::{CommunicationIdentifier, PhoneNumberIdentifier, acs_model};

/// The target to transfer the call to.
#[acs_model]
#[derive(Eq, Hash)]
pub struct TransferToParticipantRequest {
    /// The target of the transfer.
    pub target_participant: CommunicationIdentifier,
    /// An opaque value that the service returns in the response and in related events.
    pub operation_context: Option<String>,
    /// The participant to transfer. It is optional if there is exactly one other participant.
    pub transferee: Option<CommunicationIdentifier>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
    /// The headers and details that the target receives with the call.
    pub custom_calling_context: Option<CustomCallingContext>,
    /// The phone number of the caller that is shown if the target is a phone number.
    pub source_caller_id_number: Option<PhoneNumberIdentifier>,
}

/// The result of [`transfer_to_participant`](super::CallConnection::transfer_to_participant).
#[acs_model]
#[derive(Eq, Hash)]
pub struct TransferCallResponse {
    /// The `operation_context` of the request.
    pub operation_context: Option<String>,
}

/// The headers of an invitation: up to 1000 VoIP headers, up to 5 SIP headers whose names start
/// with `X-MS-Custom-`, and `User-To-User`.
///
/// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/custom-context>.
///
/// ```
/// use acs_rest::call_automation::CustomCallingContext;
///
/// let context = CustomCallingContext::new()
///     .voip_header("order", "4711")
///     .custom_sip_header("Order", "4711")
///     .user_to_user("56a390f3d2b7310023a2;encoding=hex");
/// assert_eq!(context.sip_headers["X-MS-Custom-Order"], "4711");
/// assert_eq!(context.find_sip_header("order"), Some("4711"));
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
    /// The details that a Teams Phone agent receives with the call.
    #[since("2026-03-12")]
    pub teams_phone_call_details: Option<TeamsPhoneCallDetails>,
}

impl CustomCallingContext {
    /// Adds a VoIP header, for a target that is called over the internet.
    #[must_use]
    pub fn voip_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.voip_headers.insert(name.into(), value.into());
        self
    }

    /// Adds a SIP header under its full name, such as `X-MS-Custom-Order` or `User-To-User`.
    #[must_use]
    pub fn sip_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.sip_headers.insert(name.into(), value.into());
        self
    }

    /// Adds a custom header for a target that is called over the telephone network. If the name
    /// does not start with `X-MS-Custom-`, which the service requires of custom headers, the prefix
    /// is added.
    #[must_use]
    pub fn custom_sip_header(self, name: impl AsRef<str>, value: impl Into<String>) -> Self {
        let name = without_prefix(name.as_ref(), CUSTOM_PREFIX);
        self.sip_header(format!("{CUSTOM_PREFIX}{name}"), value)
    }

    /// Adds a header for a direct routing connection that forwards headers starting with `X-`. If
    /// the name does not start with `X-`, the prefix is added.
    #[must_use]
    pub fn x_sip_header(self, name: impl AsRef<str>, value: impl Into<String>) -> Self {
        self.sip_header(format!("X-{}", without_prefix(name.as_ref(), "X-")), value)
    }

    /// Adds the header `User-To-User` (RFC 7433), for a target that is called over the telephone
    /// network.
    #[must_use]
    pub fn user_to_user(self, value: impl Into<String>) -> Self {
        self.sip_header("User-To-User", value)
    }

    /// Returns the value of a SIP header by its name, with or without the prefix `X-MS-Custom-` or
    /// `X-`. The case of the name is ignored.
    #[must_use]
    pub fn find_sip_header(&self, name: &str) -> Option<&str> {
        let bare =
            |name: &str| without_prefix(without_prefix(name, CUSTOM_PREFIX), "X-").to_owned();
        let wanted = bare(name);
        let mut headers = self.sip_headers.iter();
        let found = headers.find(|(name, _)| bare(name).eq_ignore_ascii_case(&wanted));
        found.map(|(_, value)| value.as_str())
    }
}

/// The prefix of the names of custom SIP headers.
const CUSTOM_PREFIX: &str = "X-MS-Custom-";

fn without_prefix<'a>(name: &'a str, prefix: &str) -> &'a str {
    match name.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => &name[prefix.len()..],
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sip_headers_get_their_prefix_once() {
        let context = CustomCallingContext::new()
            .custom_sip_header("Order", "1")
            .custom_sip_header("x-ms-custom-Place", "2")
            .x_sip_header("Route", "3")
            .x_sip_header("x-Lane", "4")
            .user_to_user("5");
        let names: Vec<_> = context.sip_headers.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["User-To-User", "X-Lane", "X-MS-Custom-Order", "X-MS-Custom-Place", "X-Route"]
        );
        for (name, value) in [("ORDER", "1"), ("X-MS-Custom-place", "2"), ("route", "3")] {
            assert_eq!(context.find_sip_header(name), Some(value), "{name}");
        }
        assert_eq!(context.find_sip_header("user-to-user"), Some("5"));
        assert_eq!(context.find_sip_header("é"), None);
    }
}
