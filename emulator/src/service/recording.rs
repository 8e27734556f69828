//! Recordings: one a call, which records nothing but its state.

use axum::http::StatusCode;

use super::{Handler, HandlerContext, items, locator, within};
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::identifier::Identifier;
use crate::recording::Recording;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("CallRecording_StartRecording", Handler(start)),
    ("CallRecording_GetRecordingProperties", Handler(read)),
    ("CallRecording_StopRecording", Handler(stop)),
    ("CallRecording_PauseRecording", Handler(pause)),
    ("CallRecording_ResumeRecording", Handler(resume)),
];

fn start(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    check_channels(context)?;
    check_storage(context)?;
    let server_call = locator::find(state, context)?;
    let recorded = state.calls.by_server_call(&server_call).filter(|c| c.recording.is_none());
    let Some(recorded) = recorded else {
        let message = "the call is being recorded already; stop that recording first";
        return Err(ServiceError::new(StatusCode::CONFLICT, "Conflict", message));
    };
    let recording = Recording::start(context.body["pauseOnStart"] == true);
    let answer = Answer::json(StatusCode::OK, &recording.to_json());
    recorded.recording = Some(recording);
    Ok(answer)
}

fn read(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    Ok(Answer::json(StatusCode::OK, &find(state, context)?.to_json()))
}

fn pause(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    find(state, context)?.pause()?;
    Ok(Answer::empty(StatusCode::ACCEPTED))
}

fn resume(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    find(state, context)?.resume()?;
    Ok(Answer::empty(StatusCode::ACCEPTED))
}

fn stop(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    state.calls.stop_recording(context.argument("recordingId"))?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn find<'a>(
    state: &'a mut State,
    context: &HandlerContext<'_>,
) -> Result<&'a mut Recording, ServiceError> {
    state.calls.recording(context.argument("recordingId"))
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
        let id = started.json()["recordingId"].as_str().unwrap().replace('=', "%3D");
        assert!(id.ends_with("%3D%3D"), "{id}");
        format!("/{}", id.replace('+', "%2B").replace('/', "%2F"))
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
        assert_eq!((started.status(), &started.json()["recordingState"]), (200, &"active".into()));
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
