//! Incoming calls, and the actions of the people in a call.

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Control, fields, ok};
use crate::error::{ServiceError, shown};
use crate::identifier::{Identifier, raw_id};
use crate::network::{Network, NewIncomingCall, NotReached, Tone};
use crate::response::Response;

/// The maximum number of keys in one request or script.
const MAX_TONES: usize = 1_000;

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
        const FIELDS: [&str; 5] = ["from", "to", "callerDisplayName", "sipHeaders", "voipHeaders"];
        fields::check(body, "an incoming call", &FIELDS)?;
        let from = Identifier::read_dialable(fields::required_text(body, "from")?, "from")?;
        let to = match fields::text(body, "to")? {
            Some(to) => Identifier::read_dialable(to, "to")?,
            None => Identifier::read_dialable(&self.user_id(), "to")?,
        };
        let new = NewIncomingCall {
            from,
            to,
            caller_display_name: fields::text(body, FIELDS[2])?.unwrap_or_default().to_owned(),
            custom_context: json!({
                "sipHeaders": headers(body, "sipHeaders")?,
                "voipHeaders": headers(body, "voipHeaders")?,
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
        let known: &[&str] = match verb {
            "accept" | "hangUp" | "mute" | "unmute" => &[],
            "decline" => &["reason"],
            "press" => &["tones"],
            "speak" => &["text"],
            _ => return Err(unknown_verb(verb)),
        };
        fields::check(body, "the action", known)?;
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
                "speak" => network.speak(call, raw_id, fields::required_text(body, "text")?),
                verb => network.mutes_itself(call, raw_id, verb == "mute"),
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

/// An object of texts; an absent one is empty.
fn headers(body: &Value, field: &str) -> Result<Value, ServiceError> {
    match &body[field] {
        Value::Null => Ok(json!({})),
        Value::Object(headers) if headers.values().all(Value::is_string) => Ok(json!(headers)),
        _ => {
            let message = format!("`{field}` is not an object of strings");
            Err(ServiceError::bad_request(field, message))
        }
    }
}

fn reason(body: &Value) -> Result<NotReached, ServiceError> {
    match fields::text(body, "reason")? {
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
        Value::Null => return Err(fields::missing(field)),
        _ => {
            let message = format!("`{field}` is neither a string such as `12#` nor a list of keys");
            return Err(ServiceError::bad_request(field, message));
        }
    };
    if names.len() > MAX_TONES {
        let message = format!("`{field}` has more than {MAX_TONES} keys");
        return Err(ServiceError::bad_request(field, message));
    }
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
