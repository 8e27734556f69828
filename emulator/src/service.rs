//! The operations that are served, each one a function.
//!
//! An operation checks everything before it changes anything, so that a refusal leaves no trace.

use std::ops::RangeInclusive;
use std::time::SystemTime;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::error::Refusal;
use crate::identifier::Identifier;
use crate::request::Request;
use crate::resource::Settings;
use crate::route::Route;
use crate::state::State;

mod call_connection;
mod identity;
mod incoming;
mod locator;
mod media;
mod participants;
mod recording;
mod transfer;

/// How an operation is carried out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Service(fn(&mut State, &Call<'_>) -> Result<Answer, Refusal>);

impl Service {
    /// The service of an operation of the specification, if the emulator has it.
    pub(crate) fn of(operation: &str) -> Option<Self> {
        Some(Self(match operation {
            "CreateCall" => call_connection::create,
            "CallConnection_GetCall" => call_connection::read,
            "AnswerCall" => incoming::answer,
            "RedirectCall" => incoming::redirect,
            "RejectCall" => incoming::reject,
            "Connect" => call_connection::connect,
            "CallConnection_HangupCall" => call_connection::hang_up,
            "CallConnection_TerminateCall" => call_connection::terminate,
            "CallConnection_TransferToParticipant" => transfer::transfer,
            "CallConnection_GetParticipants" => participants::list,
            "CallConnection_GetParticipant" => participants::read,
            "CallConnection_AddParticipant" => participants::add,
            "CallConnection_CancelAddParticipant" => participants::cancel_add,
            "CallConnection_RemoveParticipant" => participants::remove,
            "CallConnection_Mute" => participants::mute,
            "CallMedia_Play" => media::play,
            "CallMedia_CancelAllMediaOperations" => media::cancel_all,
            "CallMedia_Recognize" => media::recognize,
            "CallMedia_StartContinuousDtmfRecognition"
            | "CallMedia_StopContinuousDtmfRecognition" => media::listen,
            "CallMedia_SendDtmfTones" => media::send_tones,
            "CallMedia_Hold" => media::hold,
            "CallMedia_Unhold" => media::unhold,
            "CallRecording_StartRecording" => recording::start,
            "CallRecording_GetRecordingProperties" => recording::read,
            "CallRecording_StopRecording" => recording::stop,
            "CallRecording_PauseRecording" => recording::pause,
            "CallRecording_ResumeRecording" => recording::resume,
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

    fn required_identifier(&self, field: &str) -> Result<Identifier, Refusal> {
        let identifier = self.identifier(field)?;
        identifier.ok_or_else(|| Refusal::bad_request(field, format!("`{field}` is required")))
    }

    /// A list in the body that may be empty or absent.
    fn identifiers(&self, field: &str) -> Result<Vec<Identifier>, Refusal> {
        let read = |(index, value)| Identifier::read(value, &format!("{field}[{index}]"));
        items(self.body, field).iter().enumerate().map(read).collect()
    }

    /// A list in the body that may not be empty.
    fn required_identifiers(&self, field: &str) -> Result<Vec<Identifier>, Refusal> {
        check_items(self.body, field)?;
        self.identifiers(field)
    }
}

/// The values of a list, none if it is absent.
fn items<'a>(body: &'a Value, field: &str) -> &'a [Value] {
    body[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn check_items(body: &Value, field: &str) -> Result<(), Refusal> {
    if items(body, field).is_empty() {
        return Err(Refusal::bad_request(field, format!("`{field}` is empty")));
    }
    Ok(())
}

/// Refuses a number that is outside its range; it may be absent.
fn within(body: &Value, field: &str, range: RangeInclusive<i64>) -> Result<(), Refusal> {
    if body[field].as_i64().is_none_or(|number| range.contains(&number)) {
        return Ok(());
    }
    let (from, to) = range.into_inner();
    Err(Refusal::bad_request(field, format!("`{field}` is not within {from} and {to}")))
}

/// An answer that gives the caller's own text back, if there was one.
fn echo(status: StatusCode, call: &Call<'_>) -> Answer {
    let mut response = json!({});
    copy(call.body, &["operationContext"], &mut response);
    Answer::json(status, &response)
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
        assert_eq!(served.count(), 32);
        assert!(Service::of("CallConnection_Unmute").is_none());
    }
}
