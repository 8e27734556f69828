//! Calls that have come in, and that nobody has decided about.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::error::ServiceError;
use crate::identifier::Identifier;

/// By `incomingCallContext`, which is worth one decision.
#[derive(Debug, Default)]
pub(crate) struct IncomingCalls(BTreeMap<String, IncomingCall>);

#[derive(Debug)]
pub(crate) struct IncomingCall {
    pub(crate) caller: Identifier,
    pub(crate) called: Identifier,
}

impl IncomingCalls {
    /// The context of a new call.
    pub(crate) fn add(&mut self, caller: Identifier, called: Identifier) -> String {
        let context = Uuid::new_v4().to_string();
        self.0.insert(context.clone(), IncomingCall { caller, called });
        context
    }

    /// Whoever takes the call decides about it.
    pub(crate) fn take(&mut self, context: &str) -> Result<IncomingCall, ServiceError> {
        // The context is not shown: whoever has it can take the call.
        let message = "no call rings by this `incomingCallContext`, or it was decided about";
        let call = self.0.remove(context);
        call.ok_or_else(|| ServiceError::not_found(message).about("incomingCallContext"))
    }
}
