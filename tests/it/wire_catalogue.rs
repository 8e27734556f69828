//! The requests of the catalogue, compared with those of Microsoft's SDKs. `wire` covers mute.

#![allow(clippy::unwrap_used, reason = "helpers of tests, which clippy does not count as tests")]

use std::time::Duration;

use acs_rest::call_automation::*;
#[cfg(feature = "identity")]
use acs_rest::identity::*;
use acs_rest::{AccessKey, Client, CommunicationIdentifier, Result};
use serde_json::{Map, Value};

use crate::recorder::{Recorder, Sent, StoppedAt};

const CALL: &str = "18dea47f-b081-4107-9a5c-4300819d2c6c";
const USER: &str =
    "8:acs:b9614373-fd0b-480c-8fd2-cb58b70eab9f_da7be3a9-8788-42a6-85c6-56b2cf784fce";
const CALLBACK: &str = "https://app.contoso.com/callback";
const OTHER_CALLBACK: &str = "https://app.contoso.com/other?x=1&y=a b";
const LOCATION: &str = "https://storage.asm.skype.com/v1/objects/0-eus-d1-abc/content/video";
const INCOMING: &str = "IncomingCallContext.eyJhbGciOiJub25lIn0.signature_value";
/// The bytes 0 to 31.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

#[tokio::test]
async fn the_requests_of_microsofts_sdks() {
    for vector in vectors() {
        let name = format!("{} of {}", vector["operation"], vector["sdk"]);
        let sent = send(&vector).await;
        let text = |field: &str| vector[field].as_str().unwrap_or_default();
        assert_eq!(sent.method, text("method"), "{name}");
        assert_eq!(sent.target, target(&vector), "{name}");
        assert_eq!(sent.host, header(&vector, "host").unwrap(), "{name}");
        // Without an offset, both send a range of nothing: `bytes=None`, `bytes=undefined`.
        assert!(!sent.headers.contains_key("range"), "{name}");
        let ours = sent.headers.get("x-ms-host").map(String::as_str);
        assert_eq!(ours, header(&vector, "x-ms-host"), "{name}");
        if text("operation") == "downloadRecording" {
            assert_eq!(sent.headers["accept"], header(&vector, "accept").unwrap(), "{name}");
        }
        assert_eq!(meaning(&sent.body), meaning(text("body")), "{name}");
        for field in ["repeatability-request-id", "repeatability-first-sent"] {
            let theirs = header(&vector, field).is_some();
            assert_eq!(sent.headers.contains_key(field), theirs, "{name}: {field}");
        }
        if sent.body.is_empty() {
            // A signature covers bytes: only without a body must they be the same.
            let ours = sent.headers.get("authorization").map(String::as_str);
            assert_eq!(ours, header(&vector, "authorization"), "{name}");
        }
    }
}

fn vectors() -> impl Iterator<Item = Value> {
    let files = [include_str!("../data/wire/python.json"), include_str!("../data/wire/js.json")];
    let all = files.into_iter().flat_map(|file| serde_json::from_str::<Vec<Value>>(file).unwrap());
    all.filter(|vector| {
        let operation = vector["operation"].as_str().unwrap();
        let identity = vector["query"] == "api-version=2023-10-01";
        operation != "mute" && (cfg!(feature = "identity") || !identity)
    })
}

fn header<'a>(vector: &'a Value, name: &str) -> Option<&'a str> {
    let mut headers = vector["headers"].as_array().unwrap().iter();
    headers.find(|field| field[0] == name).and_then(|field| field[1].as_str())
}

fn target(vector: &Value) -> String {
    match [&vector["path"], &vector["query"]].map(|text| text.as_str().unwrap()) {
        [path, ""] => path.to_owned(),
        [path, query] => format!("{path}?{query}"),
    }
}

/// The one request of the same call, made at the same time.
async fn send(vector: &Value) -> Sent {
    let recorder = Recorder::answering(200, ANSWER);
    let host = header(vector, "x-ms-host").or(header(vector, "host")).unwrap();
    let endpoint = format!("https://{host}");
    let now = httpdate::parse_http_date(header(vector, "x-ms-date").unwrap()).unwrap();
    let client = Client::builder(endpoint, AccessKey::new(KEY).unwrap())
        .transport(recorder.clone())
        .time_source(StoppedAt(now))
        .random_source(StoppedAt(now))
        .build()
        .unwrap();
    let operation = vector["operation"].as_str().unwrap();
    call(&client, operation).await.unwrap_or_else(|error| panic!("`{operation}`: {error}"));
    let [sent] = &recorder.sent()[..] else { panic!("`{operation}` sends one request") };
    sent.clone()
}

/// Something of everything that a result must have.
const ANSWER: &str = r#"{
    "value": [],
    "identity": {"id": "8:acs:r_u"},
    "token": "token", "expiresOn": "2023-10-10T21:39:39.3244584+00:00"
}"#;

fn user() -> CommunicationIdentifier {
    CommunicationIdentifier::from_raw_id(USER)
}

fn source() -> PlaySource {
    PlaySource::new(FileSource::new("https://app.contoso.com/a.wav")).play_source_cache_id("cache1")
}

/// The call that the SDK was asked for.
async fn call(client: &Client, operation: &str) -> Result<()> {
    match operation {
        "createCall" => {
            client.create_call(&CreateCallRequest::new([user()], CALLBACK)).await.map(drop)
        }
        "answerCall" => {
            client.answer_call(&AnswerCallRequest::new(INCOMING, CALLBACK)).await.map(drop)
        }
        "redirectCall" => client.redirect_call(&RedirectCallRequest::new(INCOMING, user())).await,
        "rejectCall" => client.reject_call(&RejectCallRequest::new(INCOMING)).await,
        "connect" => client.connect(&ConnectRequest::new(locator(), CALLBACK)).await.map(drop),
        "getCall" => client.get_call(CALL).await.map(drop),
        "hangupCall" => client.hangup_call(CALL).await,
        "terminateCall" => client.terminate_call(CALL).await,
        "transferToParticipant" => {
            let request = TransferToParticipantRequest::new(user());
            client.transfer_to_participant(CALL, &request).await.map(drop)
        }
        "getParticipants" => client.get_participants(CALL).next().await.transpose().map(drop),
        "getParticipant" => client.get_participant(CALL, USER).await.map(drop),
        "addParticipant" => {
            client.add_participant(CALL, &AddParticipantRequest::new(user())).await.map(drop)
        }
        "removeParticipant" => {
            client.remove_participant(CALL, &RemoveParticipantRequest::new(user())).await.map(drop)
        }
        "cancelAddParticipant" => {
            let request = CancelAddParticipantRequest::new("inv-1");
            client.cancel_add_participant(CALL, &request).await.map(drop)
        }
        "startRecording" => {
            client.start_recording(&StartCallRecordingRequest::new(locator())).await.map(drop)
        }
        "getRecordingProperties" => client.get_recording_properties("rec-1").await.map(drop),
        "stopRecording" => client.stop_recording("rec-1").await,
        "pauseRecording" => client.pause_recording("rec-1").await,
        "resumeRecording" => client.resume_recording("rec-1").await,
        "downloadRecording" => client.download_recording(LOCATION).await.map(drop),
        "deleteRecording" => client.delete_recording(LOCATION).await,
        _ => media(client, operation).await,
    }
}

fn locator() -> CallLocator {
    CallLocator::server_call("aHR0cHM6Ly9jb252")
}

async fn media(client: &Client, operation: &str) -> Result<()> {
    let tones = ContinuousDtmfRecognitionRequest::new(user()).operation_context("ctx");
    match operation {
        "play" => {
            let request = PlayRequest::new([source()])
                .play_to([user()])
                .play_options(PlayOptions::new(true))
                .operation_context("ctx")
                .operation_callback_uri(OTHER_CALLBACK);
            client.play(CALL, &request).await
        }
        "cancelAllMediaOperations" => client.cancel_all_media_operations(CALL).await,
        "recognize" => {
            let dtmf = DtmfOptions::new()
                .inter_tone_timeout(Duration::from_secs(5))
                .max_tones_to_collect(4_u32)
                .stop_tones([Tone::Pound, Tone::Asterisk]);
            let options = RecognizeOptions::new(user(), dtmf)
                .interrupt_prompt(true)
                .initial_silence_timeout(Duration::from_secs(10));
            let request = RecognizeRequest::new(options)
                .play_prompt(source())
                .interrupt_call_media_operation(true)
                .operation_context("ctx")
                .operation_callback_uri(OTHER_CALLBACK);
            client.recognize(CALL, &request).await
        }
        "startContinuousDtmfRecognition" => {
            client.start_continuous_dtmf_recognition(CALL, &tones).await
        }
        "stopContinuousDtmfRecognition" => {
            let tones = tones.operation_callback_uri(OTHER_CALLBACK);
            client.stop_continuous_dtmf_recognition(CALL, &tones).await
        }
        "sendDtmfTones" => {
            let request = SendDtmfTonesRequest::new([Tone::One, Tone::Two, Tone::Pound], user());
            client.send_dtmf_tones(CALL, &request.operation_context("ctx")).await.map(drop)
        }
        "hold" => client.hold(CALL, &HoldRequest::new(user())).await,
        "unhold" => client.unhold(CALL, &UnholdRequest::new(user()).operation_context("ctx")).await,
        _ => identity(client, operation).await,
    }
}

#[cfg(feature = "identity")]
async fn identity(client: &Client, operation: &str) -> Result<()> {
    match operation {
        "createUser" => client.create_identity(None).await.map(drop),
        "createUserAndToken" => {
            let request = CreateIdentityRequest::new()
                .create_token_with_scopes([TokenScope::Chat, TokenScope::Voip])
                .expires_in(Duration::from_secs(120 * 60));
            client.create_identity(Some(&request)).await.map(drop)
        }
        "deleteUser" => client.delete_identity(USER).await,
        "issueAccessToken" => {
            let request = IssueAccessTokenRequest::new([TokenScope::Voip]);
            client.issue_access_token(USER, &request).await.map(drop)
        }
        "revokeAccessTokens" => client.revoke_access_tokens(USER).await,
        "exchangeTeamsUserAccessToken" => {
            let request = TeamsUserExchangeTokenRequest::new("aad-token", "client-id", "user-id");
            client.exchange_teams_user_access_token(&request).await.map(drop)
        }
        _ => panic!("`{operation}` is not in the catalogue"),
    }
}

#[cfg(not(feature = "identity"))]
async fn identity(_: &Client, operation: &str) -> Result<()> {
    panic!("`{operation}` is not in the catalogue")
}

/// The body without the differences of no meaning.
fn meaning(body: &str) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let mut body = serde_json::from_str(body).unwrap();
    simplify(&mut body);
    body
}

fn simplify(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(simplify),
        Value::Object(fields) => {
            fields.values_mut().for_each(simplify);
            if fields.contains_key("rawId") {
                // Python leaves it out everywhere, JS in media operations.
                fields.remove("kind");
            }
            fields.retain(|name, value| !means_nothing(name, value));
        }
        _ => {}
    }
}

/// Whether it stands for nothing: what JS makes up if it is not given, and empty lists and maps.
fn means_nothing(name: &str, value: &Value) -> bool {
    match name {
        "operationContext" => value.as_str().is_some_and(|text| text.len() == 36),
        "interruptCallMediaOperation" => value == false,
        "channelAffinity" => value.as_array().is_some_and(Vec::is_empty),
        "customCallingContext" | "voipHeaders" | "sipHeaders" => {
            value.as_object().is_some_and(Map::is_empty)
        }
        _ => false,
    }
}
