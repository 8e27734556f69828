//! Incoming calls, and the actions of the people in a call.

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Control, missing, ok};
use crate::error::{ServiceError, shown};
use crate::identifier::{Identifier, raw_id};
use crate::network::{Network, NewIncomingCall, NotReached, Tone};
use crate::response::Response;

impl Control<'_> {
    pub(super) fn list_calls(&self) -> Response {
        let network = &self.resource.state().network;
        let calls: Vec<Value> = network.calls().map(|(id, _)| call(network, id)).collect();
        let incoming: Vec<Value> = network
            .incoming_calls()
            .map(|(context, call)| {
                json!({
                    "incomingCallContext": context,
                    "serverCallId": call.server_call_id,
                    "from": call.from.raw_id(),
                    "to": call.to.raw_id(),
                })
            })
            .collect();
        ok(&json!({ "calls": calls, "incomingCalls": incoming }))
    }

    /// Starts an incoming call.
    pub(super) fn ring(&self, body: &Value) -> Result<Response, ServiceError> {
        let from = identifier(body, "from")?.ok_or_else(|| missing("from"))?;
        let to = match identifier(body, "to")? {
            Some(to) => to,
            None => Identifier::read(&json!({ "rawId": self.user_id() }), "to")?,
        };
        let headers = |field: &str| match &body[field] {
            Value::Object(headers) => json!(headers),
            _ => json!({}),
        };
        let new = NewIncomingCall {
            from,
            to,
            caller_display_name: body["callerDisplayName"].as_str().unwrap_or_default().to_owned(),
            custom_context: json!({
                "sipHeaders": headers("sipHeaders"),
                "voipHeaders": headers("voipHeaders"),
            }),
        };
        let settings = self.resource.settings();
        let server_call = settings.server_call_id("conv", &Uuid::new_v4().to_string());
        let context = self
            .resource
            .command(self.clock.now(), |state| state.network.ring(new, server_call.clone()));
        let body = json!({ "incomingCallContext": context, "serverCallId": server_call });
        Ok(Response::json(StatusCode::CREATED, &body))
    }

    /// Performs an action of a person: `{rawId}:press` and the like.
    pub(super) fn act(
        &self,
        call: &str,
        action: &str,
        body: &Value,
    ) -> Result<Response, ServiceError> {
        let Some((id, verb)) = action.rsplit_once(':') else {
            return Err(unknown_verb(action));
        };
        let raw_id = &raw_id(id);
        self.resource.command(self.clock.now(), |state| {
            let network = &mut state.network;
            match verb {
                "accept" => network.accept(call, raw_id),
                "decline" => network.decline(call, raw_id, reason(body)?),
                "hangUp" => network.person_hangs_up(call, raw_id),
                "press" => {
                    let tones = tones(body)?;
                    tones.into_iter().try_for_each(|tone| network.press(call, raw_id, tone))
                }
                "speak" => {
                    let text = body["text"].as_str().ok_or_else(|| missing("text"))?;
                    network.speak(call, raw_id, text)
                }
                "mute" => network.mutes_itself(call, raw_id, true),
                "unmute" => network.mutes_itself(call, raw_id, false),
                _ => Err(unknown_verb(verb)),
            }
        })?;
        Ok(Response::empty(StatusCode::NO_CONTENT))
    }

    fn user_id(&self) -> String {
        let settings = self.resource.settings();
        settings.user_id(settings.access_key.derive_uuid("user"))
    }
}

/// The description of a call.
fn call(network: &Network, server_call: &str) -> Value {
    let Some(found) = network.call(server_call) else { return Value::Null };
    let participants: Vec<Value> =
        found.participants().iter().map(|participant| participant.to_json()).collect();
    let connections: Vec<Value> = found
        .connections
        .iter()
        .filter_map(|id| network.connection(id).ok())
        .map(|connection| connection.properties())
        .collect();
    json!({
        "serverCallId": server_call,
        "participants": participants,
        "ringing": network.ringing_in(server_call),
        "connections": connections,
        "recordingId": found.recording,
    })
}

/// A raw id, or a phone number such as `+14255550123`.
pub(super) fn identifier(body: &Value, field: &str) -> Result<Option<Identifier>, ServiceError> {
    let Some(text) = body[field].as_str() else { return Ok(None) };
    Identifier::read_dialable(text, field).map(Some)
}

fn reason(body: &Value) -> Result<NotReached, ServiceError> {
    match body["reason"].as_str() {
        None | Some("declined") => Ok(NotReached::Declined),
        Some("busy") => Ok(NotReached::Busy),
        Some("noAnswer") => Ok(NotReached::NoAnswer),
        Some(other) => {
            let message =
                format!("`reason` is not `declined`, `busy` or `noAnswer`: `{}`", shown(other));
            Err(ServiceError::bad_request("reason", message))
        }
    }
}

/// `"12#"`, or a list of keys or names of keys.
pub(super) fn tones(body: &Value) -> Result<Vec<Tone>, ServiceError> {
    let field = "tones";
    let names: Vec<String> = match &body[field] {
        Value::String(keys) => keys.chars().map(String::from).collect(),
        Value::Array(names) => {
            names.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
        }
        _ => return Err(missing(field)),
    };
    let tone = |name: String| {
        Tone::parse(&name).ok_or_else(|| {
            let message = format!("`{field}` has a key that no telephone has: `{}`", shown(&name));
            ServiceError::bad_request(field, message)
        })
    };
    names.into_iter().map(tone).collect()
}

fn unknown_verb(verb: &str) -> ServiceError {
    ServiceError::not_found(format!(
        "`{}` is not something that a person does; a person can accept, decline, hangUp, press, \
         speak, mute and unmute",
        shown(verb)
    ))
}
