//! Every event and frame that the emulator sends, read by the parsers of acs-rest: the two share no code.

use std::collections::BTreeSet;
use std::time::Duration;

use acs_rest::call_automation::events::{self, CallEventKind};
use acs_rest::event_grid::{self, GridEventKind};
use acs_rest::media_streaming::Frame;
use acs_rest_emulator::Emulator;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CUSTOMER: &str = "4:+14255550123";
const AGENT: &str = "8:acs:contoso_agent";

/// What the emulator sends to callback URIs.
const CALL_EVENTS: [&str; 37] = [
    "AddParticipantFailed",
    "AddParticipantSucceeded",
    "AnswerFailed",
    "CallConnected",
    "CallDisconnected",
    "CallTransferAccepted",
    "CallTransferFailed",
    "CancelAddParticipantFailed",
    "CancelAddParticipantSucceeded",
    "ConnectFailed",
    "ContinuousDtmfRecognitionStopped",
    "ContinuousDtmfRecognitionToneFailed",
    "ContinuousDtmfRecognitionToneReceived",
    "CreateCallFailed",
    "HoldFailed",
    "MediaStreamingFailed",
    "MediaStreamingStarted",
    "MediaStreamingStopped",
    "MoveParticipantFailed",
    "MoveParticipantSucceeded",
    "ParticipantsUpdated",
    "PlayCanceled",
    "PlayCompleted",
    "PlayFailed",
    "PlayStarted",
    "RecognizeCanceled",
    "RecognizeCompleted",
    "RecognizeFailed",
    "RecordingStateChanged",
    "RemoveParticipantFailed",
    "RemoveParticipantSucceeded",
    "SendDtmfTonesCompleted",
    "SendDtmfTonesFailed",
    "TranscriptionFailed",
    "TranscriptionStarted",
    "TranscriptionStopped",
    "TranscriptionUpdated",
];

/// What it sends to the subscribers of Event Grid.
const GRID_EVENTS: [&str; 6] = [
    "CallEnded",
    "CallParticipantAdded",
    "CallParticipantRemoved",
    "CallStarted",
    "IncomingCall",
    "RecordingFileStatusUpdated",
];

/// An emulator, and the URL of a bot that answers 200 to whatever it is sent.
struct Story {
    emulator: Emulator,
    callback: String,
}

impl Story {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let callback = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer_all(stream));
            }
        });
        Self { emulator: Emulator::start().await, callback }
    }

    /// The body of the answer, which has to be a success.
    async fn post(&self, path: &str, body: &Value) -> Value {
        let address = self.emulator.endpoint().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let (token, body) = (self.emulator.user_token(), body.to_string());
        let head = format!(
            "POST {path}?api-version=2026-03-12 HTTP/1.1\r\nHost: {address}\r\n\
             Connection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len(),
        );
        stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 2"), "{path} {body}: {answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_default()
    }

    async fn call(&self, action: &str, body: &Value) -> Value {
        self.post(&format!("/calling/callConnections{action}"), body).await
    }

    /// Lets the next `operation` end badly.
    async fn fail(&self, operation: &str) {
        let result = json!({ "code": 500, "subCode": 8512, "message": "on demand" });
        let fault = json!({ "operation": operation, "result": result });
        self.post("/_emulator/faults", &fault).await;
    }

    /// A call to these people that is up: its `callConnectionId` and `serverCallId`.
    async fn create(&self, people: &[&str], more: Value) -> (String, String) {
        let targets: Vec<Value> = people.iter().map(|id| json!({ "rawId": id })).collect();
        let mut body = json!({
            "targets": targets,
            "sourceCallerIdNumber": { "value": "+14255550100" },
            "callbackUri": self.callback,
            "operationContext": "context",
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let created = self.call("", &body).await;
        let id = created["callConnectionId"].as_str().unwrap().to_owned();
        let properties = |event: &Value| event["data"]["serverCallId"].as_str().map(str::to_owned);
        for _ in 0..2_000 {
            let events = self.emulator.events();
            let mut connected = events.iter().filter(|event| event.kind() == "CallConnected");
            if let Some(event) = connected.find(|event| event.body().contains(&id)) {
                let body: Value = serde_json::from_str(event.body()).unwrap();
                return (id, properties(&body[0]).unwrap());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the call does not come up");
    }

    /// Waits until every one of these events was delivered.
    async fn sent(&self, expected: &[&str]) {
        let missing = || {
            let events = self.emulator.events();
            let sent: BTreeSet<&str> = events.iter().map(|event| event.kind()).collect();
            expected.iter().filter(|kind| !sent.contains(*kind)).copied().collect::<Vec<_>>()
        };
        for _ in 0..4_000 {
            if missing().is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not sent: {:?}", missing());
    }
}

async fn answer_all(mut stream: TcpStream) {
    let mut seen = Vec::new();
    while stream.read_buf(&mut seen).await.is_ok_and(|read| read > 0) {
        // The requests are small and come one by one: a body ends with a bracket.
        if seen.ends_with(b"]") {
            seen.clear();
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
            if stream.write_all(answer).await.is_err() {
                return;
            }
        }
    }
}

fn target(raw_id: &str) -> Value {
    json!({ "targetParticipant": { "rawId": raw_id } })
}

async fn set_up(story: &Story) -> (String, String) {
    let body = |locator: &str| {
        json!({ "callLocator": { "kind": "serverCallLocator",
        "serverCallId": locator }, "callbackUri": story.callback })
    };
    let (id, server_call) = story.create(&[CUSTOMER], json!({})).await;
    story.fail("Connect").await;
    story.call(":connect", &body(&server_call)).await;
    let targets = json!({ "targets": [{ "rawId": AGENT }], "callbackUri": story.callback });
    story.fail("CreateCall").await;
    story.call("", &targets).await;
    story.fail("AnswerCall").await;
    let incoming = story.emulator.incoming_call(CUSTOMER);
    let answer = json!({ "incomingCallContext": incoming, "callbackUri": story.callback });
    story.call(":answer", &answer).await;
    (id, server_call)
}

async fn participants(story: &Story, id: &str) {
    let add = json!({ "participantToAdd": { "rawId": AGENT } });
    story.fail("CallConnection_AddParticipant").await;
    story.call(&format!("/{id}/participants:add"), &add).await;
    story.call(&format!("/{id}/participants:add"), &add).await;
    story.emulator.person("8:acs:contoso_absent").never_answers();
    for fails in [true, false] {
        let absent = json!({ "participantToAdd": { "rawId": "8:acs:contoso_absent" },
            "invitationTimeoutInSeconds": 100 });
        let added = story.call(&format!("/{id}/participants:add"), &absent).await;
        if fails {
            story.fail("CallConnection_CancelAddParticipant").await;
        }
        let cancel = json!({ "invitationId": added["invitationId"] });
        story.call(&format!("/{id}/participants:cancelAddParticipant"), &cancel).await;
    }
    story.sent(&["AddParticipantSucceeded", "CancelAddParticipantSucceeded"]).await;
    let remove = json!({ "participantToRemove": { "rawId": AGENT } });
    story.fail("CallConnection_RemoveParticipant").await;
    story.call(&format!("/{id}/participants:remove"), &remove).await;
    story.call(&format!("/{id}/participants:remove"), &remove).await;
    let (other, _) = story.create(&[AGENT], json!({})).await;
    let targets = json!({ "targetParticipants": [{ "rawId": AGENT }], "fromCall": other });
    story.fail("CallConnection_MoveParticipants").await;
    story.call(&format!("/{id}/participants:moveHere"), &targets).await;
    story.call(&format!("/{id}/participants:moveHere"), &targets).await;
    story.fail("CallMedia_Hold").await;
    story.call(&format!("/{id}:hold"), &target(CUSTOMER)).await;
}

async fn media(story: &Story, id: &str) {
    let play = |loops: bool| {
        json!({ "playSources": [{ "kind": "file",
        "file": { "uri": "https://contoso.com/a.wav" } }], "playOptions": { "loop": loops } })
    };
    let recognize = json!({ "recognizeInputType": "dtmf", "recognizeOptions": {
        "targetParticipant": { "rawId": CUSTOMER }, "initialSilenceTimeoutInSeconds": 1,
        "dtmfOptions": { "maxTonesToCollect": 1 } } });
    let cancel = format!("/{id}:cancelAllMediaOperations");
    story.fail("CallMedia_Play").await;
    story.call(&format!("/{id}:play"), &play(false)).await;
    story.call(&format!("/{id}:play"), &play(false)).await;
    story.sent(&["PlayCompleted"]).await;
    story.call(&format!("/{id}:play"), &play(true)).await;
    story.call(&cancel, &Value::Null).await;
    story.call(&format!("/{id}:recognize"), &recognize).await;
    story.call(&cancel, &Value::Null).await;
    story.fail("CallMedia_Recognize").await;
    story.call(&format!("/{id}:recognize"), &recognize).await;
    story.fail("CallMedia_StartContinuousDtmfRecognition").await;
    story.call(&format!("/{id}:startContinuousDtmfRecognition"), &target(CUSTOMER)).await;
    story.call(&format!("/{id}:startContinuousDtmfRecognition"), &target(CUSTOMER)).await;
    let mut tones = target(CUSTOMER);
    tones["tones"] = json!(["one", "pound"]);
    story.fail("CallMedia_SendDtmfTones").await;
    story.call(&format!("/{id}:sendDtmfTones"), &tones).await;
    story.call(&format!("/{id}:sendDtmfTones"), &tones).await;
}

async fn answers(story: &Story, id: &str, server_call: &str) {
    let recognize = json!({ "recognizeInputType": "dtmf", "recognizeOptions": {
        "targetParticipant": { "rawId": CUSTOMER }, "dtmfOptions": { "maxTonesToCollect": 1 } } });
    story.call(&format!("/{id}:recognize"), &recognize).await;
    let call = server_call.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
    let person = CUSTOMER.replace('+', "%2B");
    let press = format!("/_emulator/calls/{call}/participants/{person}:press");
    story.post(&press, &json!({ "tones": "5" })).await;
    story.sent(&["RecognizeCompleted", "ContinuousDtmfRecognitionToneReceived"]).await;
    story.call(&format!("/{id}:stopContinuousDtmfRecognition"), &target(CUSTOMER)).await;
    let recording = json!({ "callLocator": { "kind": "serverCallLocator",
        "serverCallId": server_call }, "recordingStateCallbackUri": story.callback });
    story.post("/calling/recordings", &recording).await;
    story.sent(&["RecordingStateChanged"]).await;
    let mut transfer = target("8:acs:contoso_other");
    transfer["transferee"] = json!({ "rawId": CUSTOMER });
    story.fail("CallConnection_TransferToParticipant").await;
    story.call(&format!("/{id}:transferToParticipant"), &transfer).await;
    story.sent(&["CallTransferFailed"]).await;
    story.call(&format!("/{id}:transferToParticipant"), &transfer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_read() {
    let story = Story::start().await;
    let grid = json!({ "endpointUrl": story.callback });
    let subscription = story.post("/_emulator/eventGrid/subscriptions", &grid).await;
    let validate = format!(
        "{}/_emulator/eventGrid/validate?id={}",
        story.emulator.endpoint(),
        subscription["id"].as_str().unwrap(),
    );
    get(&validate).await;
    let (id, server_call) = set_up(&story).await;
    participants(&story, &id).await;
    media(&story, &id).await;
    answers(&story, &id, &server_call).await;
    story.sent(&["CallTransferAccepted"]).await;
    story.call(&format!("/{id}:terminate"), &Value::Null).await;
    let frames = streams(&story).await;
    story.sent(&CALL_EVENTS).await;
    story.sent(&GRID_EVENTS).await;

    let sent = story.emulator.events();
    let sent: BTreeSet<&str> = sent.iter().map(|event| event.kind()).collect();
    let known: BTreeSet<&str> = CALL_EVENTS.into_iter().chain(GRID_EVENTS).collect();
    assert_eq!(sent, known, "a new event of the emulator belongs into the lists above");
    keep_bodies(&story.emulator);
    for attempt in story.emulator.events() {
        let body = attempt.body().as_bytes();
        if GRID_EVENTS.contains(&attempt.kind()) {
            let event = event_grid::parse(body).unwrap().remove(0).unwrap();
            assert!(!matches!(event.kind, GridEventKind::Unknown(_)), "{}", attempt.body());
        } else {
            let event = events::parse(body).unwrap().remove(0).unwrap();
            assert!(!matches!(event.kind, CallEventKind::Unknown(_)), "{}", attempt.body());
            assert!(event.call_connection_id().is_some(), "{}", attempt.body());
            assert!(event.result_information().is_some(), "{}", attempt.body());
        }
    }
    let names: Vec<&str> = frames.iter().map(|frame| name(frame)).collect();
    let expected =
        ["AudioMetadata", "AudioData", "DtmfData", "TranscriptionMetadata", "TranscriptionData"];
    assert_eq!(BTreeSet::from_iter(names), BTreeSet::from(expected));
}

/// Writes a body a line to the file that `ACS_REST_EVENT_BODIES` names, for the parsers of other languages.
fn keep_bodies(emulator: &Emulator) {
    if let Some(file) = std::env::var_os("ACS_REST_EVENT_BODIES") {
        let lines: String =
            emulator.events().iter().map(|attempt| format!("{}\n", attempt.body())).collect();
        std::fs::write(file, lines).unwrap();
    }
}

fn name(frame: &str) -> &'static str {
    match Frame::parse(frame).unwrap() {
        Frame::AudioMetadata(_) => "AudioMetadata",
        Frame::AudioData(audio) => {
            let mut samples = Vec::new();
            audio.append_to(&mut samples).unwrap();
            assert_eq!(samples.len(), 640);
            "AudioData"
        }
        Frame::DtmfData(_) => "DtmfData",
        Frame::TranscriptionMetadata(_) => "TranscriptionMetadata",
        Frame::TranscriptionData(_) => "TranscriptionData",
        other => panic!("{other:?}"),
    }
}

/// A call with both streams, and one whose sockets nobody accepts. Returns the frames.
async fn streams(story: &Story) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}/", listener.local_addr().unwrap());
    let options = |url: &str| {
        json!({
            "mediaStreamingOptions": { "transportUrl": url, "transportType": "websocket",
                "audioChannelType": "mixed", "startMediaStreaming": true, "enableDtmfTones": true },
            "transcriptionOptions": { "transportUrl": url, "transportType": "websocket",
                "locale": "en-US", "startTranscription": true },
        })
    };
    story.create(&[CUSTOMER], options("ws://127.0.0.1:9/")).await;
    let (id, server_call) = story.create(&[CUSTOMER], options(&url)).await;
    let mut sockets = Vec::new();
    for _ in 0..2 {
        let (stream, _) = listener.accept().await.unwrap();
        sockets.push(tokio_tungstenite::accept_async(stream).await.unwrap());
    }
    story.sent(&["MediaStreamingStarted", "TranscriptionStarted"]).await;
    let call = server_call.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
    let person = format!("/_emulator/calls/{call}/participants/{}", CUSTOMER.replace('+', "%2B"));
    story.post(&format!("{person}:press"), &json!({ "tones": "5" })).await;
    story.post(&format!("{person}:speak"), &json!({ "text": "yes, please" })).await;
    story.call(&format!("/{id}:updateTranscription"), &json!({ "locale": "de-DE" })).await;
    story.call(&format!("/{id}:stopTranscription"), &json!({})).await;
    story.call(&format!("/{id}:stopMediaStreaming"), &json!({})).await;
    let mut frames = Vec::new();
    for mut socket in sockets {
        while let Some(Ok(message)) = socket.next().await {
            frames
                .extend(message.to_text().ok().filter(|text| !text.is_empty()).map(str::to_owned));
        }
    }
    frames
}

async fn get(url: &str) {
    let address = url.strip_prefix("http://").unwrap();
    let (address, path) = address.split_once('/').unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("GET /{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
