//! Each operation of Call Automation that changes or plays something, over the wire.

use acs_rest_emulator::Emulator;
use serde_json::{Value, json};

use crate::client::{Response, call, request, send};

const CALLS: &str = "/calling/callConnections";
const EVENTS: &str = "https://app.contoso.com/";
const PHONE: &str = "4:+14255550123";

async fn ask(emulator: &Emulator, method: &str, path: &str, body: &Value) -> Response {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let line = format!("{method} {path}?api-version=2024-09-15");
    send(emulator, &request(emulator, &line, "", &body)).await
}

/// Asks for each of these in order, and checks what comes back.
async fn expect(emulator: &Emulator, steps: &[(&str, String, Value, u16)]) {
    for (method, path, body, status) in steps {
        let answer = ask(emulator, method, path, body).await;
        assert_eq!(answer.status, *status, "{method} {path}: {answer:?}");
    }
}

fn target(raw_id: &str) -> Value {
    json!({ "targetParticipant": { "rawId": raw_id } })
}

#[tokio::test]
async fn media() {
    let emulator = Emulator::start().await;
    let (call, user) = (call(&emulator).await, emulator.user_id());
    let source = json!({ "kind": "text", "text": { "text": "Welcome." } });
    let options = json!({ "targetParticipant": { "rawId": user }, "dtmfOptions": {} });
    let recognize = json!({ "recognizeInputType": "dtmf", "recognizeOptions": options });
    let tones = json!({ "tones": ["one"], "targetParticipant": { "rawId": user } });
    let steps = [
        ("play", json!({ "playSources": [source] }), 202),
        ("play", json!({ "playSources": [source], "playTo": [{ "rawId": PHONE }] }), 404),
        ("recognize", recognize, 202),
        ("cancelAllMediaOperations", Value::Null, 202),
        ("startContinuousDtmfRecognition", target(user), 200),
        ("stopContinuousDtmfRecognition", target(user), 200),
        ("sendDtmfTones", tones, 202),
        ("hold", target(user), 200),
    ];
    let steps = steps.map(|(verb, body, status)| ("POST", format!("{call}:{verb}"), body, status));
    expect(&emulator, &steps).await;
    let participants = format!("{call}/participants");
    let list = ask(&emulator, "GET", &participants, &Value::Null).await.json();
    assert_eq!(list["value"][0]["isOnHold"], true);
    expect(&emulator, &[("POST", format!("{call}:unhold"), target(user), 200)]).await;
    let list = ask(&emulator, "GET", &participants, &Value::Null).await.json();
    assert_eq!(list["value"][0]["isOnHold"], false);
}

#[tokio::test]
async fn recording() {
    let emulator = Emulator::start().await;
    let call = call(&emulator).await;
    let server_call = ask(&emulator, "GET", &call, &Value::Null).await.json();
    let locator = json!({ "serverCallId": server_call["serverCallId"] });
    let start = json!({ "callLocator": locator, "pauseOnStart": true });
    let started = ask(&emulator, "POST", "/calling/recordings", &start).await;
    assert_eq!((started.status, &started.json()["recordingState"]), (200, &json!("inactive")));
    let id = started.json()["recordingId"].as_str().unwrap().replace('=', "%3D");
    let recording = format!("/calling/recordings/{id}");
    let steps = [
        ("POST", "/calling/recordings".to_owned(), start, 409),
        ("POST", format!("{recording}:pause"), Value::Null, 409),
        ("POST", format!("{recording}:resume"), Value::Null, 202),
        ("POST", format!("{recording}:pause"), Value::Null, 202),
        ("GET", recording.clone(), Value::Null, 200),
        ("DELETE", recording.clone(), Value::Null, 204),
        ("GET", recording, Value::Null, 404),
    ];
    expect(&emulator, &steps).await;
}

#[tokio::test]
async fn incoming_calls() {
    let emulator = Emulator::start().await;
    let answer =
        json!({ "incomingCallContext": emulator.incoming_call(PHONE), "callbackUri": EVENTS });
    let redirect = json!({
        "incomingCallContext": emulator.incoming_call(PHONE), "target": { "rawId": "8:acs:b" },
    });
    let reject = json!({ "incomingCallContext": emulator.incoming_call(PHONE) });
    for (verb, body, status) in
        [("answer", answer, 200), ("redirect", redirect, 204), ("reject", reject, 204)]
    {
        let path = format!("{CALLS}:{verb}");
        let steps = [("POST", path.clone(), body.clone(), status), ("POST", path, body, 404)];
        expect(&emulator, &steps).await;
    }
    assert_eq!(emulator.executions()["AnswerCall"], 1);
}

#[tokio::test]
async fn joining_inviting_and_transferring() {
    let emulator = Emulator::start().await;
    let room = json!({ "callLocator": { "roomId": "a" }, "callbackUri": EVENTS });
    let joined = ask(&emulator, "POST", &format!("{CALLS}:connect"), &room).await;
    assert_eq!(joined.status, 200);
    let call = format!("{CALLS}/{}", joined.json()["callConnectionId"].as_str().unwrap());
    let caller_id = json!({ "value": "+14255550100" });
    let add = json!({ "participantToAdd": { "rawId": PHONE }, "sourceCallerIdNumber": caller_id });
    let added = ask(&emulator, "POST", &format!("{call}/participants:add"), &add).await.json();
    let cancel = json!({ "invitationId": added["invitationId"] });
    let transfer = format!("{call}:transferToParticipant");
    let steps = [
        ("POST", format!("{call}/participants:cancelAddParticipant"), cancel, 202),
        ("POST", transfer.clone(), target("8:acs:b"), 202),
        // The room is still there, with nobody in it.
        ("POST", transfer, target("8:acs:b"), 400),
    ];
    expect(&emulator, &steps).await;
}
