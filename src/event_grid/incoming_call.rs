//! A call that comes in.

use serde::Deserialize;

use crate::call_automation::CustomCallingContext;
use crate::{CommunicationIdentifier, Secret};

/// Somebody calls: a call to answer, to redirect or to reject.
///
/// Source: <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/incoming-call-notification>.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
#[non_exhaustive]
pub struct IncomingCall {
    /// Who is called.
    pub to: Option<CommunicationIdentifier>,
    /// Who calls.
    pub from: Option<CommunicationIdentifier>,
    /// The id that a [`CallLocator`](crate::call_automation::CallLocator) takes.
    pub server_call_id: Option<String>,
    /// The caller's name.
    pub caller_display_name: Option<String>,
    /// The headers that the invitation brings along.
    pub custom_context: Option<CustomCallingContext>,
    /// What Answer Call, Redirect Call and Reject Call take. Whoever has it can take the call.
    pub incoming_call_context: Option<Secret>,
    /// Who was called at first, if the call was passed on.
    pub on_behalf_of_callee: Option<CommunicationIdentifier>,
    /// The id that the service's logs know the call by.
    pub correlation_id: Option<String>,
}
