//! An incoming call.

use crate::call_automation::CustomCallingContext;
use crate::event::model::event_data;
use crate::{CommunicationIdentifier, Secret};

event_data! {
    /// A call came in, to be answered, redirected or rejected.
    ///
    /// Service Bus queues and function bindings deliver this data without an envelope:
    /// [`parse_data`](super::parse_data) reads it.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/incoming-call-notification>.
    #[derive(Eq)]
    pub struct IncomingCall {
        /// The participant that is called.
        to: CommunicationIdentifier,
        /// The caller.
        from: CommunicationIdentifier,
        /// The id that a [`CallLocator`](crate::call_automation::CallLocator) takes.
        server_call_id: String,
        /// The display name of the caller.
        caller_display_name: String,
        /// The headers of the invitation.
        custom_context: CustomCallingContext,
        /// The context that Answer Call, Redirect Call and Reject Call take. It is a secret: its
        /// holder can answer the call.
        incoming_call_context: Secret,
        /// The participant that was called originally, if the call was forwarded.
        on_behalf_of_callee: CommunicationIdentifier,
        /// The id by which the logs of the service name the call.
        correlation_id: String,
    }
}
