//! Tagged unions: a kind is sent with exactly the property that belongs to it, and an unknown kind
//! is kept.

use std::time::Duration;

use acs_rest::call_automation::*;
use acs_rest::{Client, CommunicationIdentifier, ErrorKind, UserToken};
use serde_json::{Value, json, to_value};

use crate::recorder::Recorder;

fn on(recorder: &Recorder) -> Client {
    let client = Client::builder("https://contoso.communication.azure.com", UserToken::new("t"));
    client.transport(recorder.clone()).build().unwrap()
}

#[test]
fn a_call_locator() {
    for (locator, sent) in [
        (CallLocator::group_call("g"), json!({"kind": "groupCallLocator", "groupCallId": "g"})),
        (CallLocator::server_call("s"), json!({"kind": "serverCallLocator", "serverCallId": "s"})),
        (CallLocator::room_call("r"), json!({"kind": "roomCallLocator", "roomId": "r"})),
    ] {
        assert_eq!(to_value(locator).unwrap(), sent);
    }
}

#[test]
fn a_storage() {
    let own = json!({"recordingStorageKind": "azureCommunicationServices"});
    assert_eq!(to_value(ExternalStorage::AzureCommunicationServices).unwrap(), own);
    let blob = json!({"recordingStorageKind": "azureBlobStorage", "recordingDestinationContainerUrl": "u"});
    assert_eq!(to_value(ExternalStorage::azure_blob_storage("u")).unwrap(), blob);
}

#[test]
fn a_play_source() {
    let [file, text, ssml]: [PlaySource; 3] = [
        FileSource::new("u").into(),
        TextSource::new("t").voice_kind("Robot").into(),
        PlaySource::new(SsmlSource::new("s")).play_source_cache_id("c"),
    ];
    for (source, sent) in [
        (file, json!({"kind": "file", "file": {"uri": "u"}})),
        (text, json!({"kind": "text", "text": {"text": "t", "voiceKind": "Robot"}})),
        (ssml, json!({"kind": "ssml", "ssml": {"ssmlText": "s"}, "playSourceCacheId": "c"})),
    ] {
        assert_eq!(to_value(source).unwrap(), sent);
    }
}

#[test]
fn an_input_to_recognise() {
    let speech = || SpeechOptions::new().end_silence_timeout(Duration::from_millis(5));
    let tones = || DtmfOptions::new().max_tones_to_collect(1_u32);
    let sent_speech = json!({"endSilenceTimeoutInMs": 5});
    let sent_tones = json!({"maxTonesToCollect": 1});
    let who = || CommunicationIdentifier::from_raw_id("8:acs:r_u");
    let request = |input: RecognizeInput| {
        to_value(RecognizeRequest::new(RecognizeOptions::new(who(), input))).unwrap()
    };
    for (input, kind, sent) in [
        (tones().into(), "dtmf", json!({"dtmfOptions": sent_tones})),
        (speech().into(), "speech", json!({"speechOptions": sent_speech})),
        (
            (speech(), tones()).into(),
            "speechOrDtmf",
            json!({"speechOptions": sent_speech, "dtmfOptions": sent_tones}),
        ),
        (
            [Choice::new("y", ["yes"])].into(),
            "choices",
            json!({"choices": [{"label": "y", "phrases": ["yes"]}]}),
        ),
    ] {
        let mut request = request(input);
        assert_eq!(request["recognizeInputType"], kind);
        let options = request["recognizeOptions"].as_object_mut().unwrap();
        options.remove("targetParticipant").unwrap();
        assert_eq!(request["recognizeOptions"], sent, "{kind}");
    }
}

/// A result that holds it, and a request that sends it on.
#[tokio::test]
async fn an_unknown_identifier_is_kept_by_its_raw_id() {
    for identifier in [
        r#"{"identifier": {"kind": "unknown", "rawId": "48:echo"}}"#,
        r#"{"identifier": {"kind": "bot", "rawId": "48:echo", "bot": {"id": "x", "of": [1]}}}"#,
        r#"{"identifier": {"kind": "phoneNumber", "rawId": "48:echo", "phoneNumber": null}}"#,
    ] {
        let recorder = Recorder::answering(200, identifier);
        let participant = on(&recorder).get_participant("a", "48:echo").await.unwrap();
        let echo = participant.identifier.unwrap();
        assert!(matches!(echo, CommunicationIdentifier::Unknown(_)), "{echo:?}");
        let recorder = Recorder::answering(202, "{}");
        let request = RemoveParticipantRequest::new(echo);
        on(&recorder).remove_participant("a", &request).await.unwrap();
        let sent: Value = serde_json::from_str(&recorder.sent()[0].body).unwrap();
        assert_eq!(sent["participantToRemove"], json!({"kind": "unknown", "rawId": "48:echo"}));
    }
}

#[tokio::test]
async fn two_properties_are_an_error_that_names_them() {
    let recorder = Recorder::answering(
        200,
        r#"{"identifier": {"phoneNumber": {"value": "+1"}, "communicationUser": {"id": "u"}}}"#,
    );
    let error = on(&recorder).get_participant("a", "u").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = error.to_string();
    assert!(text.contains("communicationUser") && text.contains("phoneNumber"), "{text}");
}
