//! What a bot is sent: the events of calls, also after faults, and their tokens.

use std::sync::Arc;
use std::time::Duration;

use acs_rest_emulator::Emulator;
use serde_json::{Value, json};

use crate::bot::{Bot, api, control, person};
use crate::client::{request, send};

const CALLS: &str = "/calling/callConnections";
const CUSTOMER: &str = "4:+14255550123";
const AGENT: &str = "8:acs:contoso_agent";

#[tokio::test]
async fn a_call_from_the_first_ring_to_the_recorded_file() {
    let (emulator, bot) = (Emulator::start().await, Bot::start().await);
    let subscription = json!({ "endpointUrl": bot.url("/grid") });
    let subscribed = control(&emulator, "POST", "/eventGrid/subscriptions", &subscription).await;
    assert_eq!(subscribed.status, 201);
    let validation = bot.wait("Microsoft.EventGrid.SubscriptionValidationEvent").await;
    assert_eq!(validation.headers["aeg-event-type"], "SubscriptionValidation");

    // The handshake is over when its response has come back.
    let rung = loop {
        let rung =
            control(&emulator, "POST", "/incomingCalls", &json!({ "from": "+14255550123" })).await;
        assert_eq!(rung.status, 201);
        tokio::time::sleep(Duration::from_millis(20)).await;
        if bot.kinds("/grid").contains(&"IncomingCall".to_owned()) {
            break rung.json();
        }
    };
    let incoming = bot.wait("IncomingCall").await;
    assert_eq!(incoming.event["data"]["from"]["rawId"], CUSTOMER);
    assert_eq!(incoming.event["data"]["incomingCallContext"], rung["incomingCallContext"]);
    assert!(rung["incomingCallContext"].as_str().unwrap().len() > 1000);

    let body = json!({
        "incomingCallContext": rung["incomingCallContext"],
        "callbackUri": bot.url("/cb?s=1"),
        "operationContext": "in",
        "callIntelligenceOptions": { "cognitiveServicesEndpoint": "https://speech.contoso.com" },
    });
    let answered = api(&emulator, "POST", &format!("{CALLS}:answer"), &body).await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("repeatability-result"), None);
    let answered = answered.json();
    assert_eq!(answered["callConnectionState"], "connecting");
    let connected = bot.wait("CallConnected").await;
    assert_eq!(
        (&*connected.path, &connected.event["data"]["operationContext"]),
        ("/cb?s=1", &"in".into())
    );
    assert_eq!(connected.event["data"]["serverCallId"], answered["serverCallId"]);
    assert!(connected.headers["authorization"].to_str().unwrap().starts_with("Bearer ey"));
    bot.wait("ParticipantsUpdated").await;
    let (server_call, call) = (
        answered["serverCallId"].clone(),
        format!("{CALLS}/{}", answered["callConnectionId"].as_str().unwrap()),
    );

    let menu = json!({
        "recognizeInputType": "choices",
        "playPrompt": { "kind": "text", "text": { "text": "Yes or no?" } },
        "recognizeOptions": {
            "targetParticipant": { "rawId": CUSTOMER },
            "choices": [{ "label": "agree", "phrases": ["yes"], "tone": "one" }],
        },
        "operationContext": "menu",
    });
    assert_eq!(api(&emulator, "POST", &format!("{call}:recognize"), &menu).await.status, 202);
    person(&emulator, &server_call, CUSTOMER, "speak", &json!({ "text": "Yes, please." })).await;
    let choice = bot.wait("RecognizeCompleted").await.event["data"].clone();
    assert_eq!(choice["choiceResult"], json!({ "label": "agree", "recognizedPhrase": "yes" }));
    assert_eq!(
        (&choice["operationContext"], &choice["resultInformation"]["subCode"]),
        (&"menu".into(), &8545.into())
    );

    assert_eq!(api(&emulator, "POST", &format!("{call}:recognize"), &menu).await.status, 202);
    let clock = json!({ "advanceMs": 5_000 });
    assert_eq!(control(&emulator, "POST", "/clock", &clock).await.status, 200);
    let silent = bot.wait("RecognizeFailed").await;
    assert_eq!(silent.event["data"]["resultInformation"]["subCode"], 8510);

    let add = json!({
        "participantToAdd": { "rawId": AGENT },
        "invitationTimeoutInSeconds": 20,
        "operationCallbackUri": bot.url("/cb2"),
    });
    assert_eq!(api(&emulator, "POST", &format!("{call}/participants:add"), &add).await.status, 202);
    assert_eq!(bot.wait("AddParticipantSucceeded").await.path, "/cb2");

    let customer = json!({ "targetParticipant": { "rawId": CUSTOMER } });
    assert_eq!(api(&emulator, "POST", &format!("{call}:hold"), &customer).await.status, 200);
    let held = bot.wait_for("ParticipantsUpdated", 3).await.event["data"].clone();
    assert_eq!(held["participants"][0]["isOnHold"], true);
    assert!(held["sequenceNumber"].as_u64().unwrap() > 3);
    assert_eq!(api(&emulator, "POST", &format!("{call}:unhold"), &customer).await.status, 200);

    let record = json!({
        "callLocator": { "serverCallId": server_call },
        "recordingContentType": "audio",
        "recordingFormatType": "wav",
        "recordingStateCallbackUri": bot.url("/cb3"),
    });
    let recording = api(&emulator, "POST", "/calling/recordings", &record).await;
    assert_eq!(
        (recording.status, recording.json()["recordingState"].clone()),
        (200, "inactive".into())
    );
    let first = bot.wait("RecordingStateChanged").await.event["data"].clone();
    assert_eq!(
        (&first["state"], &first["startDateTime"]),
        (&"inactive".into(), &"0001-01-01T00:00:00+00:00".into())
    );
    let second = bot.wait_for("RecordingStateChanged", 2).await;
    assert_eq!((&*second.path, &second.event["data"]["state"]), ("/cb3", &"active".into()));

    // A delivery that fails with 500 comes again.
    *bot.failing_path.lock().unwrap() = Some("/cb3");
    assert_eq!(
        api(&emulator, "POST", &format!("{call}:terminate"), &Value::Null).await.status,
        204
    );
    bot.wait_for("RecordingStateChanged", 4).await;
    let ended = bot.wait("CallDisconnected").await;
    assert_eq!(ended.event["data"]["operationContext"], "in");
    assert_eq!(api(&emulator, "GET", &call, &Value::Null).await.status, 404);
    let again: Vec<_> =
        bot.seen().into_iter().filter(|s| s.kind() == "RecordingStateChanged").collect();
    assert_eq!(again[2].event["id"], again[3].event["id"]);
    assert_ne!(again[2].headers["authorization"], again[3].headers["authorization"]);

    let ready = bot.wait("RecordingFileStatusUpdated").await.event["data"].clone();
    let chunk = &ready["recordingStorageInfo"]["recordingChunks"][0];
    let content = chunk["contentLocation"].as_str().unwrap();
    let path = content.strip_prefix("https://storage.asm.skype.com").unwrap();
    let get = |range: &str| request(&emulator, &format!("GET {path}"), range, "");
    let part = send_bytes(&emulator, &get("Range: bytes=0-3\r\n")).await;
    assert!(part.starts_with("HTTP/1.1 206") && part.ends_with("RIFF"), "{part}");
    let delete = path.replace("/content/audio", "/content/deletedata");
    let deleted = send(&emulator, &request(&emulator, &format!("DELETE {delete}"), "", "")).await;
    assert_eq!(deleted.status, 200);
    assert_eq!(send(&emulator, &get("")).await.status, 404);
}

async fn send_bytes(emulator: &Emulator, text: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = crate::client::connect(emulator).await;
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A call to these people, by its path.
async fn call(emulator: &Emulator, bot: &Bot, targets: &[&str]) -> String {
    let targets: Vec<Value> = targets.iter().map(|id| json!({ "rawId": id })).collect();
    let body = json!({
        "targets": targets,
        "sourceCallerIdNumber": { "value": "+14255550100" },
        "callbackUri": bot.url("/cb"),
        "operationContext": "out",
    });
    let created = api(emulator, "POST", CALLS, &body).await;
    assert_eq!(created.status, 201, "{created:?}");
    format!("{CALLS}/{}", created.json()["callConnectionId"].as_str().unwrap())
}

#[tokio::test]
async fn people_decide_the_outcome_of_a_call() {
    let (emulator, bot) = (Emulator::start().await, Bot::start().await);
    emulator.person("+14255550111").declines();
    for (number, sub_code) in
        [("4:+14255550186", 560_486), ("4:+14255550187", 560_487), ("4:+14255550111", 560_603)]
    {
        let call = call(&emulator, &bot, &[number]).await;
        assert_eq!(api(&emulator, "GET", &call, &Value::Null).await.status, 404, "{number}");
        let seen = wait_for_sub_code(&bot, sub_code).await;
        assert_eq!(seen["operationContext"], "out");
    }
    emulator.person(CUSTOMER).presses("12#");
    let call = call(&emulator, &bot, &[CUSTOMER]).await;
    let recognize = json!({
        "recognizeInputType": "dtmf",
        "recognizeOptions": {
            "targetParticipant": { "rawId": CUSTOMER },
            "dtmfOptions": { "stopTones": ["pound"] },
        },
    });
    assert_eq!(api(&emulator, "POST", &format!("{call}:recognize"), &recognize).await.status, 202);
    let tones = bot.wait("RecognizeCompleted").await.event["data"].clone();
    assert_eq!(tones["dtmfResult"]["tones"], json!(["one", "two"]));
    assert_eq!(tones["resultInformation"]["subCode"], 8514);
}

async fn wait_for_sub_code(bot: &Bot, sub_code: u32) -> Value {
    for _ in 0..2_000 {
        let seen = bot.seen();
        let mut data = seen.iter().map(|seen| &seen.event["data"]);
        if let Some(data) = data.find(|data| data["resultInformation"]["subCode"] == sub_code) {
            return data.clone();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("no sub-code {sub_code}")
}

#[tokio::test]
async fn faults_are_planned() {
    let (emulator, bot) = (Emulator::start().await, Bot::start().await);
    for fault in [
        json!({ "operation": "CreateCall", "status": 429, "retryAfterSeconds": 2 }),
        json!({ "events": "twice" }),
        json!({ "token": "missing" }),
        json!({ "operation": "CallMedia_Play", "result": { "code": 400, "subCode": 8535 } }),
    ] {
        assert_eq!(control(&emulator, "POST", "/faults", &fault).await.status, 204, "{fault}");
    }
    let body = json!({ "targets": [{ "rawId": AGENT }], "callbackUri": bot.url("/cb") });
    let refused = api(&emulator, "POST", CALLS, &body).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("2")));
    let call = call(&emulator, &bot, &[AGENT]).await;
    bot.wait("ParticipantsUpdated").await;
    assert_eq!(bot.kinds("/cb"), ["CallConnected", "CallConnected", "ParticipantsUpdated"]);
    let seen = bot.seen();
    assert_eq!(seen[0].event["id"], seen[1].event["id"]);
    assert!(!seen[2].headers.contains_key("authorization"));
    let play = json!({ "playSources": [{ "kind": "file", "file": { "uri": "https://a/b.wav" } }] });
    assert_eq!(api(&emulator, "POST", &format!("{call}:play"), &play).await.status, 202);
    let failed = bot.wait("PlayFailed").await.event["data"].clone();
    assert_eq!(failed["resultInformation"]["subCode"], 8535);

    let drop = json!({ "operation": "CallConnection_GetCall", "connection": "dropped" });
    assert_eq!(control(&emulator, "POST", "/faults", &drop).await.status, 204);
    let get = request(&emulator, &format!("GET {call}?api-version=2024-09-15"), "", "");
    assert_eq!(send_bytes(&emulator, &get).await, "");
    let half = json!({ "operation": "CallConnection_GetCall", "connection": "half" });
    assert_eq!(control(&emulator, "POST", "/faults", &half).await.status, 204);
    assert!(send_bytes(&emulator, &get).await.ends_with("\r\n\r\n{"));

    let met = json!({ "events": [
        { "type": "Microsoft.Communication.PlayFailed", "isDelivered": true, "count": 1 },
    ], "requests": [{ "operation": "CreateCall", "status": 201 }] });
    assert_eq!(control(&emulator, "POST", "/assertions", &met).await.status, 200);
    let missed = json!({ "requests": [{ "operation": "CreateCall", "status": 200 }] });
    assert_eq!(control(&emulator, "POST", "/assertions", &missed).await.status, 409);
    assert_eq!(control(&emulator, "POST", "/reset", &Value::Null).await.status, 204);
    assert_eq!(control(&emulator, "POST", "/assertions", &met).await.status, 409);
}

#[tokio::test]
async fn the_signing_key_is_derived_from_the_access_key() {
    let keys = async |access_key: &str| {
        let emulator = Emulator::builder().access_key(access_key).start().await.unwrap();
        let address = crate::client::address(&emulator);
        let get =
            format!("GET /calling/keys HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        send(&emulator, &get).await.json()
    };
    let first = keys("Zmlyc3Q=").await;
    assert_eq!(first, keys("Zmlyc3Q=").await);
    assert_ne!(first["keys"][0]["kid"], keys("c2Vjb25k").await["keys"][0]["kid"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_event_of_many_calls_is_lost_and_a_dead_callback_delays_no_other() {
    const CALLS_AT_ONCE: usize = 200;
    let (emulator, bot) = (Arc::new(Emulator::start().await), Bot::start().await);
    let dead = json!({ "targets": [{ "rawId": AGENT }], "callbackUri": "http://127.0.0.1:9/" });
    assert_eq!(api(&emulator, "POST", CALLS, &dead).await.status, 201);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..CALLS_AT_ONCE {
        let (emulator, bot) = (emulator.clone(), bot.clone());
        calls.spawn(async move {
            let call = call(&emulator, &bot, &[AGENT, CUSTOMER]).await;
            let hold = json!({ "targetParticipant": { "rawId": AGENT } });
            for verb in ["hold", "unhold", "hold", "unhold"] {
                let path = format!("{call}:{verb}");
                assert_eq!(api(&emulator, "POST", &path, &hold).await.status, 200);
            }
            let path = format!("{call}:terminate");
            assert_eq!(api(&emulator, "POST", &path, &Value::Null).await.status, 204);
        });
    }
    calls.join_all().await;
    // Connected, two who joined, four holds, ended.
    bot.wait_for("CallDisconnected", CALLS_AT_ONCE).await;
    assert_eq!(bot.seen().len(), CALLS_AT_ONCE * 8);
}
