//! The operations that are served, each one a function.
//!
//! An operation checks everything before it changes anything, so that a refusal leaves no trace.

use std::time::SystemTime;

use serde_json::Value;

use crate::answer::Answer;
use crate::error::Refusal;
use crate::identifier::Identifier;
use crate::request::Request;
use crate::resource::Settings;
use crate::route::Route;
use crate::state::State;

mod call_connection;
mod identity;
mod participants;

/// How an operation is carried out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Service(fn(&mut State, &Call<'_>) -> Result<Answer, Refusal>);

impl Service {
    /// The service of an operation of the specification, if the emulator has it.
    pub(crate) fn of(operation: &str) -> Option<Self> {
        Some(Self(match operation {
            "CreateCall" => call_connection::create,
            "CallConnection_GetCall" => call_connection::read,
            "CallConnection_HangupCall" | "CallConnection_TerminateCall" => call_connection::end,
            "CallConnection_GetParticipants" => participants::list,
            "CallConnection_GetParticipant" => participants::read,
            "CallConnection_AddParticipant" => participants::add,
            "CallConnection_RemoveParticipant" => participants::remove,
            "CallConnection_Mute" => participants::mute,
            "CommunicationIdentity_Create" => identity::create,
            "CommunicationIdentity_Delete" => identity::delete,
            "CommunicationIdentity_IssueAccessToken" => identity::issue_token,
            "CommunicationIdentity_RevokeAccessTokens" => identity::revoke_tokens,
            _ => return None,
        }))
    }

    pub(crate) fn call(self, state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
        (self.0)(state, call)
    }
}

/// A request whose body has the types of its model.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) request: &'a Request,
    pub(crate) route: &'a Route,
    pub(crate) body: &'a Value,
    pub(crate) now: SystemTime,
}

impl Call<'_> {
    /// An argument in the path.
    fn argument(&self, name: &str) -> &str {
        self.route.argument(name)
    }

    /// A field of the body that may be absent.
    fn identifier(&self, field: &str) -> Result<Option<Identifier>, Refusal> {
        let value = Some(&self.body[field]).filter(|value| !value.is_null());
        value.map(|value| Identifier::read(value, field)).transpose()
    }

    /// A list in the body that may not be empty.
    fn identifiers(&self, field: &str) -> Result<Vec<Identifier>, Refusal> {
        let values = self.body[field].as_array().map(Vec::as_slice).unwrap_or_default();
        if values.is_empty() {
            return Err(Refusal::bad_request(field, format!("`{field}` is empty")));
        }
        let read = |(index, value)| Identifier::read(value, &format!("{field}[{index}]"));
        values.iter().enumerate().map(read).collect()
    }
}

/// Copies the fields that were sent.
fn copy(from: &Value, fields: &[&str], to: &mut Value) {
    for field in fields {
        if !from[field].is_null() {
            to[field] = from[field].clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::SERVICES;

    /// A name that the facts do not have would never be asked for.
    #[test]
    fn every_service_is_an_operation_of_the_specification() {
        let operations = SERVICES.iter().flat_map(|service| &service.operations);
        let served = operations.filter(|operation| Service::of(&operation.id).is_some());
        assert_eq!(served.count(), 13);
        assert!(Service::of("CallConnection_Unmute").is_none());
    }
}
