//! The prompts that people in a call hear.

use std::time::Duration;

use acs_rest_emulator::Emulator;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::bot::person;
use crate::bot_socket::{Socket, audio_options, wait_for_journal};
use crate::media_test::{CUSTOMER, MediaTest};

/// Samples that are heard for 20 ms at 16 kHz.
const FRAME: usize = 320;

fn wav(rate: u32, samples: &[i16]) -> Vec<u8> {
    let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let length = u32::try_from(bytes.len()).unwrap();
    let mut file = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    for number in [rate, rate * 2, 0x0010_0002] {
        file.extend(number.to_le_bytes());
    }
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(bytes);
    file
}

/// A server with files to play; returns its URL.
async fn files() -> String {
    let file = |bytes: Vec<u8>| get(move || async move { bytes });
    let router = Router::new()
        .route("/7.wav", file(wav(16_000, &[7; FRAME])))
        .route("/9.wav", file(wav(8_000, &[9; FRAME / 2])))
        .route("/text.wav", file(b"hello".to_vec()))
        .route("/large.wav", file(vec![0; 9 * 1024 * 1024]))
        .route("/gone.wav", get(|| async { StatusCode::GONE }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

fn sources(urls: &[String]) -> Value {
    let source = |url: &String| json!({ "kind": "file", "file": { "uri": url } });
    urls.iter().map(source).collect()
}

/// An established call; returns the path of its connection.
async fn call(test: &MediaTest, options: &Value) -> String {
    let call = test.call(&[CUSTOMER], options).await;
    test.bot.wait("CallConnected").await;
    call["callConnectionId"].as_str().unwrap().to_owned()
}

/// The samples on the side of the bot, once there are so many.
async fn bot_side(emulator: &Emulator, call: &str, count: usize) -> Vec<u8> {
    for _ in 0..2_000 {
        let file = emulator.call_audio(call).unwrap_or_default();
        let samples: Vec<u8> =
            file.get(44..).unwrap_or_default().chunks(4).map(|pair| pair[2]).collect();
        if samples.len() >= count {
            return samples;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("fewer than {count} samples")
}

#[tokio::test]
async fn files_are_heard_in_turn_without_a_stream() {
    let (test, files) = (MediaTest::start().await, files().await);
    let id = call(&test, &json!({})).await;
    assert_eq!(test.emulator.call_audio(&id), None);
    let urls = ["7", "9"].map(|name| format!("{files}/{name}.wav"));
    let play = json!({ "playSources": sources(&urls) });
    assert_eq!(test.post(&format!("/{id}:play"), &play).await.status, 202);
    test.bot.wait("PlayCompleted").await;
    let again = json!({ "playSources": sources(&urls[..1]) });
    assert_eq!(test.post(&format!("/{id}:play"), &again).await.status, 202);
    // The clock is paused: one frame is due now.
    assert_eq!(bot_side(&test.emulator, &id, FRAME).await, [7; FRAME]);
    test.advance(1);
    let both = bot_side(&test.emulator, &id, 2 * FRAME).await;
    // The last sample fades into the silence after it.
    assert_eq!(both[FRAME..2 * FRAME - 1], [9; FRAME - 1]);
    assert_eq!(bot_side(&test.emulator, &id, 3 * FRAME).await[2 * FRAME..], [7; FRAME]);
}

#[tokio::test]
async fn a_prompt_is_mixed_with_the_audio_that_the_bot_streams() {
    let (test, files) = (MediaTest::start().await, files().await);
    let options = audio_options(&test.socket_url(), &json!({ "audioFormat": "pcm24KMono" }));
    let created = test.call(&[CUSTOMER], &options).await;
    let id = created["callConnectionId"].as_str().unwrap();
    let mut socket: Socket<_> = test.accept().await;
    socket.frame("AudioMetadata").await;
    socket.frame("AudioData").await;
    let play = json!({ "playSources": sources(&[format!("{files}/7.wav")]) });
    assert_eq!(test.post(&format!("/{id}:play"), &play).await.status, 202);
    wait_for_journal(&test.emulator, "a file is played").await;
    // The stream alone lets time pass: 480 samples a frame at 24 kHz.
    test.advance(2);
    socket.frame("AudioData").await;
    socket.frame("AudioData").await;
    let bot = bot_side(&test.emulator, id, 3 * 480).await;
    assert_eq!(bot.len(), 3 * 480);
    let heard = bot.iter().filter(|sample| **sample == 7).count();
    assert!((478..=480).contains(&heard), "{heard}");
}

#[tokio::test]
async fn a_loop_ends_when_it_is_cancelled() {
    let (test, files) = (MediaTest::start().await, files().await);
    let id = call(&test, &json!({})).await;
    let options = json!({ "loop": true });
    let play =
        json!({ "playSources": sources(&[format!("{files}/7.wav")]), "playOptions": options });
    assert_eq!(test.post(&format!("/{id}:play"), &play).await.status, 202);
    bot_side(&test.emulator, &id, FRAME).await;
    test.advance(9);
    assert_eq!(bot_side(&test.emulator, &id, 10 * FRAME).await, [7; 10 * FRAME]);
    let cancel = test.post(&format!("/{id}:cancelAllMediaOperations"), &json!({})).await;
    assert_eq!(cancel.status, 202);
    test.bot.wait("PlayCanceled").await;
    // What is played next starts at once.
    let play = json!({ "playSources": sources(&[format!("{files}/9.wav")]) });
    assert_eq!(test.post(&format!("/{id}:play"), &play).await.status, 202);
    assert_eq!(bot_side(&test.emulator, &id, 11 * FRAME).await[10 * FRAME], 9);
}

#[tokio::test]
async fn a_tone_interrupts_the_prompt_of_a_recognition() {
    let (test, files) = (MediaTest::start().await, files().await);
    let id = call(&test, &json!({})).await;
    let server_call = test.server_call().await;
    let menu = json!({
        "recognizeInputType": "dtmf",
        "playPrompt": sources(&[format!("{files}/7.wav")])[0],
        "interruptCallMediaOperation": false,
        "recognizeOptions": {
            "interruptPrompt": true,
            "targetParticipant": { "rawId": CUSTOMER },
            "dtmfOptions": { "maxTonesToCollect": 1 },
        },
    });
    assert_eq!(test.post(&format!("/{id}:recognize"), &menu).await.status, 202);
    bot_side(&test.emulator, &id, FRAME).await;
    person(&test.emulator, &server_call, CUSTOMER, "press", &json!({ "tones": "1" })).await;
    test.bot.wait("RecognizeCompleted").await;
    let play = json!({ "playSources": sources(&[format!("{files}/9.wav")]) });
    assert_eq!(test.post(&format!("/{id}:play"), &play).await.status, 202);
    assert_eq!(bot_side(&test.emulator, &id, 2 * FRAME).await[FRAME], 9);
}

#[tokio::test]
async fn a_file_that_cannot_be_heard_is_named_and_does_not_fail_the_operation() {
    let (test, files) = (MediaTest::start().await, files().await);
    let id = call(&test, &json!({})).await;
    for (url, reason) in [
        (format!("{files}/text.wav"), "it is not a WAV file"),
        (format!("{files}/large.wav"), "it is larger than 8388608 bytes"),
        (format!("{files}/gone.wav"), "the response has the status 410 Gone"),
        ("https://contoso.com/a.wav".to_owned(), "allow it with `--prompt-host`"),
    ] {
        let play = json!({ "playSources": sources(&[url]) });
        assert_eq!(test.post(&format!("/{id}:play"), &play).await.status, 202);
        wait_for_journal(&test.emulator, reason).await;
    }
    test.bot.wait_for("PlayCompleted", 4).await;
    assert_eq!(test.emulator.call_audio(&id), None);
}
