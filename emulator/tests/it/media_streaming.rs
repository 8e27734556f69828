//! Media streaming and transcription, as a bot receives them.

use acs_rest_emulator::Emulator;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::bot::{control, person};
use crate::bot_socket::{audio_options, samples};
use crate::client::{connect, request};
use crate::media_test::{AGENT, CUSTOMER, MediaTest};

#[tokio::test]
async fn a_bot_hears_a_call_and_is_heard() {
    let test = MediaTest::start().await;
    test.emulator.person(CUSTOMER).plays_tone(400);
    let options = audio_options(&test.socket_url(), &json!({ "enableBidirectional": true }));
    let call = test.call(&[CUSTOMER], &options).await;
    let id = call["callConnectionId"].as_str().unwrap();
    let mut socket = test.accept().await;
    assert_eq!(socket.headers["x-ms-call-connection-id"], id);
    assert_eq!(socket.headers["x-ms-call-correlation-id"], call["correlationId"].as_str().unwrap());
    assert!(socket.headers["authorization"].to_str().unwrap().starts_with("Bearer ey"));
    let metadata = socket.frame("AudioMetadata").await;
    let subscription = &call["mediaStreamingSubscription"]["id"];
    let expected = json!({ "subscriptionId": subscription, "encoding": "PCM", "sampleRate": 16000,
        "channels": 1, "length": 640 });
    assert_eq!(metadata, expected);
    let started = test.bot.wait("MediaStreamingStarted").await.event["data"].clone();
    assert_eq!(
        (&started["operationContext"], &started["mediaStreamingUpdate"]),
        (
            &"out".into(),
            &json!({ "contentType": "Audio", "mediaStreamingStatus": "mediaStreamingStarted",
            "mediaStreamingStatusDetails": "subscriptionStarted" })
        )
    );

    // The clock is paused: one frame now, and then one each 20 ms.
    let first = socket.frame("AudioData").await;
    assert_eq!((samples(&first).len(), &first["silent"]), (320, &false.into()));
    assert_eq!(first.get("participantRawID"), None);
    test.advance(2);
    let (second, third) = (socket.frame("AudioData").await, socket.frame("AudioData").await);
    assert_eq!(samples(&second), samples(&third));
    assert_ne!(second["timestamp"], third["timestamp"]);

    assert_eq!(test.samples_until_stop_audio(&mut socket, id).await, 320);

    let path = format!("/calls/{id}/audio?after=1600");
    let line = format!("GET /_emulator{path}");
    let live = send_bytes(&test.emulator, &request(&test.emulator, &line, "", "")).await;
    assert!(live.contains("audio-next: 1920") && live.contains("audio/wav"), "{live}");

    let stop = json!({ "operationContext": "stop" });
    assert_eq!(test.post(&format!("/{id}:stopMediaStreaming"), &stop).await.status, 202);
    assert_eq!(socket.next().await, None);
    let stopped = test.bot.wait("MediaStreamingStopped").await.event["data"].clone();
    assert_eq!(stopped["operationContext"], "stop");
    let start = json!({ "operationContext": "again" });
    assert_eq!(test.post(&format!("/{id}:startMediaStreaming"), &start).await.status, 202);
    let mut socket = test.accept().await;
    socket.frame("AudioMetadata").await;
    let again = test.bot.wait_for("MediaStreamingStarted", 2).await;
    assert_eq!(again.event["data"]["operationContext"], "again");
}

#[tokio::test]
async fn each_speaker_has_frames_if_they_are_not_mixed() {
    let test = MediaTest::start().await;
    test.emulator.person(CUSTOMER).plays_tone(400);
    let more = json!({ "audioChannelType": "unmixed", "audioFormat": "pcm24KMono",
        "enableDtmfTones": true });
    let options = audio_options(&test.socket_url(), &more);
    let call = test.call(&[CUSTOMER, AGENT], &options).await;
    let mut socket = test.accept().await;
    assert_eq!(socket.frame("AudioMetadata").await["sampleRate"], 24_000);
    for speaker in [CUSTOMER, AGENT] {
        let frame = socket.frame("AudioData").await;
        assert_eq!(frame["participantRawID"], speaker);
        assert_eq!((&frame["silent"], samples(&frame).len()), (&(speaker == AGENT).into(), 480));
    }
    let server_call = test.server_call().await;
    person(&test.emulator, &server_call, CUSTOMER, "press", &json!({ "tones": "5" })).await;
    let tone = socket.frame("DtmfData").await;
    assert_eq!((&tone["data"], &tone["participantRawID"]), (&"5".into(), &CUSTOMER.into()));
    // Who is muted is not heard.
    person(&test.emulator, &server_call, "+14255550123", "mute", &json!({})).await;
    test.bot.wait_for("ParticipantsUpdated", 3).await;
    test.advance(1);
    assert_eq!(socket.frame("AudioData").await["participantRawID"], AGENT);
    let id = call["callConnectionId"].as_str().unwrap();
    assert_eq!(test.post(&format!("/{id}:terminate"), &Value::Null).await.status, 204);
    assert_eq!(socket.next().await, None);
}

#[tokio::test]
async fn words_are_transcribed() {
    let test = MediaTest::start().await;
    let options = json!({ "transcriptionOptions": {
        "transportUrl": test.socket_url(),
        "transportType": "websocket",
        "locale": "en-US",
        "startTranscription": false,
        "enableIntermediateResults": true,
    } });
    let call = test.call(&[CUSTOMER], &options).await;
    let id = call["callConnectionId"].as_str().unwrap();
    let server_call = test.server_call().await;
    let start = json!({ "locale": "de-DE", "operationContext": "words" });
    assert_eq!(test.post(&format!("/{id}:startTranscription"), &start).await.status, 202);
    let mut socket = test.accept().await;
    let metadata = socket.frame("TranscriptionMetadata").await;
    assert_eq!((&metadata["locale"], &metadata["callConnectionId"]), (&"de-DE".into(), &id.into()));
    let started = test.bot.wait("TranscriptionStarted").await.event["data"].clone();
    assert_eq!(started["operationContext"], "words");
    let words = json!({ "text": "Ja, bitte." });
    person(&test.emulator, &server_call, CUSTOMER, "speak", &words).await;
    for status in ["Intermediate", "Final"] {
        let data = socket.frame("TranscriptionData").await;
        assert_eq!((&data["resultStatus"], &data["text"]), (&status.into(), &"Ja, bitte.".into()));
        assert_eq!(data["participantRawID"], CUSTOMER);
    }
    let update = json!({ "locale": "fr-FR", "operationContext": "other" });
    assert_eq!(test.post(&format!("/{id}:updateTranscription"), &update).await.status, 202);
    let updated = test.bot.wait("TranscriptionUpdated").await.event["data"].clone();
    assert_eq!(updated["operationContext"], "words");
    assert_eq!(test.post(&format!("/{id}:stopTranscription"), &json!({})).await.status, 202);
    assert_eq!(socket.next().await, None);
    test.bot.wait("TranscriptionStopped").await;
}

#[tokio::test]
async fn a_bot_that_refuses_or_disconnects_is_reported() {
    let test = MediaTest::start().await;
    let options = audio_options("ws://127.0.0.1:9/", &json!({}));
    test.call(&[CUSTOMER], &options).await;
    let failed = test.bot.wait("MediaStreamingFailed").await.event["data"].clone();
    assert_eq!(failed["resultInformation"]["subCode"], 8581);
    let details = "initialWebSocketConnectionFailed";
    assert_eq!(failed["mediaStreamingUpdate"]["mediaStreamingStatusDetails"], details);

    // A message that is too long ends the socket, and nothing else.
    let options = audio_options(&test.socket_url(), &json!({ "enableBidirectional": true }));
    test.call(&[AGENT], &options).await;
    let mut socket = test.accept().await;
    socket.frame("AudioMetadata").await;
    test.bot.wait("MediaStreamingStarted").await;
    // The emulator may close while this is still being written.
    drop(socket.try_send("a".repeat(2 * 1024 * 1024)).await);
    let failed = test.bot.wait_for("MediaStreamingFailed", 2).await.event["data"].clone();
    let details = "streamConnectionInterrupted";
    assert_eq!(failed["mediaStreamingUpdate"]["mediaStreamingStatusDetails"], details);
}

#[tokio::test]
async fn a_person_plays_a_file_and_a_call_is_written_to_one() {
    let directory = std::env::temp_dir().join(format!("heard-{}", uuid::Uuid::new_v4()));
    let test = MediaTest::with(|emulator| emulator.audio_directory(&directory)).await;
    let mut wav =
        b"RIFF\x2e\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0".to_vec();
    wav.extend(b"data\x0a\0\0\0\x01\0\x02\0\x03\0\x04\0\x05\0");
    let people = json!({ CUSTOMER: { "voice": { "wav": BASE64_STANDARD.encode(&wav) } } });
    assert_eq!(control(&test.emulator, "PUT", "/people", &people).await.status, 204);
    let options = audio_options(&test.socket_url(), &json!({}));
    let call = test.call(&[CUSTOMER], &options).await;
    let mut socket = test.accept().await;
    socket.frame("AudioMetadata").await;
    assert_eq!(samples(&socket.frame("AudioData").await)[..6], [1, 2, 3, 4, 5, 0]);
    let id = call["callConnectionId"].as_str().unwrap();
    let file = std::fs::read(directory.join(format!("{id}.wav"))).unwrap();
    assert_eq!((file.len(), &file[44..52]), (44 + 1280, &[1, 0, 0, 0, 2, 0, 0, 0][..]));
    std::fs::remove_dir_all(directory).unwrap();
}

async fn send_bytes(emulator: &Emulator, text: &str) -> String {
    let mut stream = connect(emulator).await;
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}
