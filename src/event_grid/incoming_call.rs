//! An incoming call.

use crate::call_automation::CustomCallingContext;
use crate::event::model::event_data;
use crate::{CommunicationIdentifier, Secret};

event_data! {
    /// An incoming call, which can be answered, redirected or rejected.
    ///
    /// Service Bus queues and function bindings deliver this data without an envelope.
    /// [`parse_data`](super::parse_data) reads it.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/incoming-call-notification>.
    #[derive(Eq)]
    pub struct IncomingCall {
        /// The participant who is called.
        to: CommunicationIdentifier,
        /// The caller.
        from: CommunicationIdentifier,
        /// The id by which a [`CallLocator`](crate::call_automation::CallLocator) locates the call.
        server_call_id: String,
        /// The display name of the caller.
        caller_display_name: String,
        /// The headers of the invitation.
        custom_context: CustomCallingContext,
        /// The context for Answer Call, Redirect Call and Reject Call. It is a secret: anyone who
        /// has it can answer the call.
        incoming_call_context: Secret,
        /// The participant who was called originally, if the call was forwarded.
        on_behalf_of_callee: CommunicationIdentifier,
        /// The id that identifies the call in the logs of the service.
        correlation_id: String,
    }
}
