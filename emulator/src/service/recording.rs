//! Recordings: one of a call at a time.

use http::StatusCode;

use super::{Handler, HandlerContext, items, locator, within};
use crate::error::ServiceError;
use crate::identifier::Identifier;
use crate::network::NewRecording;
use crate::response::Response;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("CallRecording_StartRecording", Handler(start)),
    ("CallRecording_GetRecordingProperties", Handler(read)),
    ("CallRecording_StopRecording", Handler(stop)),
    ("CallRecording_PauseRecording", Handler(pause)),
    ("CallRecording_ResumeRecording", Handler(resume)),
];

fn start(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    check_channels(context)?;
    check_storage(context)?;
    let recording = recording(context)?;
    let server_call = match context.body["callConnectionId"].as_str() {
        Some(id) if context.is_since("2025-06-15") => {
            state.network.connection(id)?.server_call_id.clone()
        }
        _ => locator::find(state, context)?,
    };
    let response = state.network.start_recording(&server_call, recording)?;
    Ok(Response::json(StatusCode::OK, &response))
}

fn read(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    Ok(Response::json(StatusCode::OK, &state.network.recording(id(context))?))
}

fn pause(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.network.pause_recording(id(context))?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn resume(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.network.resume_recording(id(context))?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn stop(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.network.stop_recording(id(context))?;
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

fn id<'a>(context: &'a HandlerContext<'_>) -> &'a str {
    context.argument("recordingId")
}

/// The kinds of content, channel and format, with the defaults of the service.
fn recording(context: &HandlerContext<'_>) -> Result<NewRecording, ServiceError> {
    let text = |field: &str| context.text(field).unwrap_or_default().to_lowercase();
    let content = match text("recordingContentType").as_str() {
        "audio" => "audio",
        _ => "audioVideo",
    };
    let channel = match text("recordingChannelType").as_str() {
        "unmixed" => "unmixed",
        _ => "mixed",
    };
    let format = match (text("recordingFormatType").as_str(), content) {
        ("wav", _) => "wav",
        ("mp3", _) | ("", "audio") => "mp3",
        _ => "mp4",
    };
    if channel == "unmixed" && format != "wav" {
        let field = "recordingFormatType";
        let message = format!("`{field}` is not `wav`, which an unmixed recording needs");
        return Err(ServiceError::bad_request(field, message));
    }
    Ok(NewRecording {
        callback_uri: context.url("recordingStateCallbackUri")?,
        is_paused: context.body["pauseOnStart"] == true,
        content: content.to_owned(),
        channel: channel.to_owned(),
        format: format.to_owned(),
    })
}

fn check_channels(context: &HandlerContext<'_>) -> Result<(), ServiceError> {
    context.identifiers("audioChannelParticipantOrdering")?;
    for (index, affinity) in items(context.body, "channelAffinity").iter().enumerate() {
        let path = format!("channelAffinity[{index}].participant");
        Identifier::read(&affinity["participant"], &path)?;
        within(affinity, "channel", 0..=4)?;
    }
    Ok(())
}

/// A storage account is named by its container. Of this enum the SDKs write both cases.
fn check_storage(context: &HandlerContext<'_>) -> Result<(), ServiceError> {
    let (storage, field) = (&context.body["externalStorage"], "recordingDestinationContainerUrl");
    let kind = storage["recordingStorageKind"].as_str().unwrap_or_default();
    if kind.eq_ignore_ascii_case("azureBlobStorage") && !storage[field].is_string() {
        let path = format!("externalStorage.{field}");
        return Err(ServiceError::bad_request(&path, format!("`{path}` is required by the kind")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{ALICE, BOB, Client, Seen};

    fn recording(client: &Client, method: &str, path: &str, body: &Value) -> Seen {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let target = format!("/calling/recordings{path}?api-version=2024-09-15");
        client.send(method, &target, &[], &body)
    }

    fn start(client: &Client, locator: Value) -> Seen {
        recording(client, "POST", "", &json!({ "callLocator": locator }))
    }

    fn path(started: &Seen) -> String {
        format!("/{}", started.json()["recordingId"].as_str().unwrap())
    }

    /// A call with its path and its `serverCallId`.
    fn call(client: &Client) -> (String, Value) {
        let call = client.call(&[ALICE, BOB]);
        let properties = client.calling("GET", &call, &Value::Null).json();
        (call, json!({ "serverCallId": properties["serverCallId"], "kind": "serverCallLocator" }))
    }

    #[test]
    fn a_recording_pauses_goes_on_and_stops() {
        let client = Client::new();
        let (_, locator) = call(&client);
        let started = start(&client, locator.clone());
        assert_eq!(
            (started.status(), &started.json()["recordingState"]),
            (200, &"inactive".into())
        );
        assert_eq!(started.json()["recordingKind"], "azureCommunicationServices");
        let again = start(&client, locator.clone());
        assert_eq!((again.status(), again.code()), (409, "Conflict".to_owned()));
        let path = path(&started);
        for (verb, status, state) in [
            (":resume", 409, "active"),
            (":pause", 202, "inactive"),
            (":pause", 409, "inactive"),
            (":resume", 202, "active"),
        ] {
            let seen = recording(&client, "POST", &format!("{path}{verb}"), &Value::Null);
            assert_eq!(seen.status(), status, "{verb}");
            let read = recording(&client, "GET", &path, &Value::Null).json();
            assert_eq!(read["recordingState"], state, "{verb}");
            assert_eq!(read["recordingId"], started.json()["recordingId"]);
        }
        assert_eq!(recording(&client, "DELETE", &path, &Value::Null).status(), 204);
        for (method, verb) in [("GET", ""), ("DELETE", ""), ("POST", ":pause"), ("POST", ":resume")]
        {
            let seen = recording(&client, method, &format!("{path}{verb}"), &Value::Null);
            assert_eq!(
                (seen.status(), &seen.json()["error"]["target"]),
                (404, &"recordingId".into())
            );
        }
        assert_eq!(start(&client, locator).status(), 200);
    }

    #[test]
    fn a_recording_ends_with_its_call_and_not_before() {
        let client = Client::new();
        let (call, locator) = call(&client);
        let path = path(&start(&client, locator.clone()));
        // Two are left talking to each other.
        assert_eq!(client.calling("DELETE", &call, &Value::Null).status(), 204);
        assert_eq!(recording(&client, "GET", &path, &Value::Null).status(), 200);
        let body = json!({ "callLocator": locator, "callbackUri": "https://a/" });
        let connected = client.calling("POST", ":connect", &body).json();
        let connection = connected["callConnectionId"].as_str().unwrap();
        let terminate = format!("/{connection}:terminate");
        assert_eq!(client.calling("POST", &terminate, &Value::Null).status(), 204);
        assert_eq!(recording(&client, "GET", &path, &Value::Null).status(), 404);
        assert_eq!(start(&client, locator).status(), 404);
    }

    #[test]
    fn a_group_call_and_a_room_are_there_when_they_are_named() {
        let client = Client::new();
        for locator in [json!({ "groupCallId": "7" }), json!({ "roomId": "7" })] {
            let paused = json!({ "callLocator": locator, "pauseOnStart": true });
            let started = recording(&client, "POST", "", &paused).json();
            assert_eq!(started["recordingState"], "inactive");
            assert_eq!(start(&client, locator).status(), 409);
        }
    }

    #[test]
    fn a_wrong_request_starts_nothing() {
        let client = Client::new();
        let locator = json!({ "roomId": "7" });
        let blob = json!({ "recordingStorageKind": "AzureBlobStorage" });
        let channel = json!([{ "participant": { "rawId": ALICE }, "channel": 5 }]);
        for (field, value, status) in [
            ("callLocator", json!({}), 400),
            ("callLocator", json!({ "serverCallId": "nowhere" }), 404),
            ("externalStorage", blob, 400),
            ("channelAffinity", channel, 400),
            ("channelAffinity", json!([{ "participant": {} }]), 400),
            ("audioChannelParticipantOrdering", json!([{}]), 400),
        ] {
            let mut body = json!({ "callLocator": locator });
            body[field] = value;
            assert_eq!(recording(&client, "POST", "", &body).status(), status, "{body}");
        }
        assert_eq!(start(&client, locator).status(), 200);
    }
}
