//! The entries of the journal.

use std::time::SystemTime;

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::activity::DeliveryAttempt;
use crate::clock::rfc3339_ticks;
use crate::network::{Effect, MediaCommand, OpenStream, PromptFiles, StreamId};
use crate::request::Request;
use crate::response::Response;
use crate::route::Route;

/// Bytes of a body that are shown.
const BODY_BYTES: usize = 16 * 1024;

/// A request with its response.
pub(crate) fn of_request(
    time: SystemTime,
    request: &Request,
    route: Option<&Route>,
    response: &Response,
) -> Value {
    let is_identity = route.is_some_and(|route| route.service.name == "Identity");
    let (sent, received) = (body(&request.body), body(response.body()));
    let connection = route.map(|route| route.argument("callConnectionId"));
    let connection = connection
        .filter(|id| !id.is_empty())
        .map_or_else(|| received["callConnectionId"].clone(), |connection| connection.into());
    let call = [&received["serverCallId"], &sent["callLocator"]["serverCallId"]];
    json!({
        "kind": "request",
        "time": rfc3339_ticks(time),
        "connection": connection,
        "call": call.into_iter().find(|id| id.is_string()),
        "operation": route.map(|route| &route.operation.id),
        "method": request.method.as_str(),
        "target": request.target,
        "status": response.status().as_u16(),
        "error": response.error_message(),
        // Responses of Identity have tokens in them, requests the tokens of others.
        "request": if is_identity { Value::Null } else { sent },
        "response": if is_identity { Value::Null } else { received },
    })
}

/// An action of a person by the control API: `/_emulator/calls/{call}/participants/{raw
/// id}:{verb}`.
pub(crate) fn of_person(time: SystemTime, request: &Request) -> Option<Value> {
    let path = request.path().strip_prefix("/_emulator/calls/")?;
    let decode = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (call, action) = path.split_once("/participants/")?;
    let (call, action) = (decode(call), decode(action));
    let (raw_id, verb) = action.rsplit_once(':')?;
    let body = body(&request.body);
    let detail = match (&body["tones"], &body["text"]) {
        (Value::Array(tones), _) => {
            Some(tones.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "))
        }
        (Value::String(text), _) | (_, Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    Some(json!({
        "kind": "person",
        "time": rfc3339_ticks(time),
        "call": call,
        "rawId": raw_id,
        "action": verb,
        "detail": detail,
    }))
}

/// A failed attempt to deliver an event.
pub(crate) fn of_attempt(attempt: &DeliveryAttempt) -> Value {
    json!({
        "kind": "event",
        "time": attempt.time,
        "connection": &*attempt.connection,
        "type": format!("{} was not delivered", attempt.kind),
        "uri": &*attempt.url,
        "attempt": attempt.attempt,
        "status": attempt.status,
        "error": attempt.error.as_deref().unwrap_or("the callback refused the event"),
    })
}

/// An endpoint that has passed the handshake of Event Grid.
pub(crate) fn of_handshake(time: SystemTime, endpoint: &str) -> Value {
    json!({
        "kind": "gridEvent",
        "time": rfc3339_ticks(time),
        "type": "handshake passed",
        "uri": endpoint,
    })
}

/// An effect of the network; `None` for one that is not worth an entry.
pub(crate) fn of_effect(time: SystemTime, effect: &Effect) -> Option<Value> {
    let time = rfc3339_ticks(time);
    Some(match effect {
        Effect::Callback(callback) => json!({
            "kind": "event",
            "time": time,
            "connection": callback.connection,
            "call": callback.event["data"]["serverCallId"],
            "type": callback.kind,
            "uri": callback.uri,
            "body": callback.event,
        }),
        Effect::EventGrid(event) => json!({
            "kind": "gridEvent",
            "time": time,
            "call": event.data["serverCallId"],
            "type": event.kind,
            "body": event.data,
        }),
        Effect::Media(command) => media(&time, command)?,
    })
}

fn media(time: &str, command: &MediaCommand) -> Option<Value> {
    let (id, what, body) = match command {
        MediaCommand::Open(open) => {
            let body = json!({ "url": open.url, "metadata": open.metadata });
            (&open.id, "WebSocket opened by the service".to_owned(), body)
        }
        MediaCommand::Close(id) => (id, "WebSocket closed by the service".to_owned(), Value::Null),
        MediaCommand::Frame { id, frame } => {
            (id, frame["kind"].as_str().unwrap_or_default().to_owned(), frame.clone())
        }
        MediaCommand::Speakers { .. } | MediaCommand::Play(_) | MediaCommand::StopPrompts(_) => {
            return None;
        }
    };
    Some(json!({
        "kind": "frame",
        "time": time,
        "connection": id.connection,
        "stream": format!("{:?}", id.kind),
        "direction": "out",
        "type": what,
        "body": body,
    }))
}

/// Frames of audio in one direction.
#[derive(Debug)]
pub(crate) struct CountedFrames<'a> {
    pub(crate) id: &'a StreamId,
    pub(crate) server_call: &'a str,
    pub(crate) is_from_bot: bool,
    /// When the first one was sent.
    pub(crate) since: SystemTime,
    pub(crate) count: u64,
}

/// The entry that counts frames, and the key by which the next one replaces it.
pub(crate) fn of_frames(frames: &CountedFrames<'_>) -> (String, Value) {
    let direction = if frames.is_from_bot { "in" } else { "out" };
    let time = rfc3339_ticks(frames.since);
    let key = format!("{} {direction} {time}", frames.id.connection);
    let entry = json!({
        "kind": "frame",
        "key": key,
        "time": time,
        "connection": frames.id.connection,
        "call": frames.server_call,
        "stream": format!("{:?}", frames.id.kind),
        "direction": direction,
        "type": "AudioData",
        "count": frames.count,
    });
    (key, entry)
}

/// A bot that stops audio which was not played yet.
pub(crate) fn of_stop_audio(time: SystemTime, stream: &OpenStream) -> Value {
    json!({
        "kind": "frame",
        "time": rfc3339_ticks(time),
        "connection": stream.id.connection,
        "call": stream.server_call,
        "stream": format!("{:?}", stream.id.kind),
        "direction": "in",
        "type": "StopAudio",
    })
}

/// A file of a prompt, which the people in the call hear unless there is an error.
pub(crate) fn of_prompt(
    time: SystemTime,
    prompt: &PromptFiles,
    url: &str,
    error: Option<&String>,
) -> Value {
    json!({
        "kind": "prompt",
        "time": rfc3339_ticks(time),
        "connection": prompt.connection,
        "call": prompt.server_call,
        "type": if error.is_some() { "a file cannot be heard" } else { "a file is played" },
        "uri": url,
        "error": error,
    })
}

/// As JSON if it is short enough to be read whole, else as text.
fn body(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    match bytes.get(BODY_BYTES..) {
        None => serde_json::from_slice(bytes)
            .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned().into()),
        Some(rest) => {
            let start = String::from_utf8_lossy(&bytes[..BODY_BYTES]);
            format!("{start}… and {} more bytes", rest.len()).into()
        }
    }
}
