//! Audio and words on WebSockets, at the bot's end.

use std::time::{Duration, SystemTime};

use acs_rest_emulator::{Clock, Emulator};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderMap;

use crate::bot::{Bot, control, person};
use crate::client::{Answer, request, send};

const CUSTOMER: &str = "4:+14255550123";
const AGENT: &str = "8:acs:contoso_agent";
const CALLS: &str = "/calling/callConnections";
const FRAME: Duration = Duration::from_millis(20);

/// A bot's end of one WebSocket.
struct Socket<S = TcpStream> {
    headers: HeaderMap,
    frames: WebSocketStream<S>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    #[expect(clippy::result_large_err, reason = "the signature is that of the library")]
    async fn accept(stream: S) -> Self {
        let mut headers = HeaderMap::new();
        let keep = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            headers = request.headers().clone();
            Ok(response)
        };
        let frames = tokio_tungstenite::accept_hdr_async(stream, keep).await.unwrap();
        Self { headers, frames }
    }

    /// The next text frame, `None` once the emulator has closed the socket.
    async fn next(&mut self) -> Option<Value> {
        loop {
            let next = tokio::time::timeout(Duration::from_secs(20), self.frames.next());
            match next.await.expect("a frame") {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    async fn frame(&mut self, kind: &str) -> Value {
        let frame = self.next().await.expect(kind);
        assert_eq!(frame["kind"], kind, "{frame}");
        let field = format!("{}{}", kind[..1].to_lowercase(), &kind[1..]);
        frame[field].clone()
    }

    async fn send(&mut self, message: &Value) {
        self.frames.send(Message::text(message.to_string())).await.unwrap();
    }
}

/// An emulator whose clock stands, a bot, and the port of the bot's WebSockets.
struct Story {
    emulator: Emulator,
    bot: Bot,
    listener: TcpListener,
}

impl Story {
    async fn start() -> Self {
        let clock = Clock::standing_at(SystemTime::now());
        Self {
            emulator: Emulator::builder().clock(clock).start().await.unwrap(),
            bot: Bot::start().await,
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        }
    }

    fn socket_url(&self) -> String {
        format!("ws://{}/audio?call=1", self.listener.local_addr().unwrap())
    }

    async fn accept(&self) -> Socket {
        Socket::accept(self.listener.accept().await.unwrap().0).await
    }

    /// A call to these people; returns what CreateCall answers.
    async fn call(&self, people: &[&str], options: &Value) -> Value {
        let targets: Vec<Value> = people.iter().map(|id| json!({ "rawId": id })).collect();
        let mut body = json!({
            "targets": targets,
            "sourceCallerIdNumber": { "value": "+14255550100" },
            "callbackUri": self.bot.url("/cb"),
            "operationContext": "out",
        });
        for (name, value) in options.as_object().unwrap() {
            body[name] = value.clone();
        }
        let created = self.post("", &body).await;
        assert_eq!(created.status, 201, "{created:?}");
        created.json()
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        let line = format!("POST {CALLS}{path}?api-version=2025-06-15");
        send(&self.emulator, &request(&self.emulator, &line, "", &body.to_string())).await
    }

    fn advance(&self, frames: u32) {
        self.emulator.clock().advance(FRAME * frames);
    }

    async fn server_call(&self) -> Value {
        self.bot.wait("CallConnected").await.event["data"]["serverCallId"].clone()
    }
}

fn audio_options(url: &str, more: &Value) -> Value {
    let mut options = json!({
        "transportUrl": url,
        "transportType": "websocket",
        "contentType": "audio",
        "audioChannelType": "mixed",
        "startMediaStreaming": true,
    });
    for (name, value) in more.as_object().unwrap() {
        options[name] = value.clone();
    }
    json!({ "mediaStreamingOptions": options })
}

fn samples(frame: &Value) -> Vec<i16> {
    let bytes = BASE64_STANDARD.decode(frame["data"].as_str().unwrap()).unwrap();
    bytes.chunks(2).map(|sample| i16::from_le_bytes([sample[0], sample[1]])).collect()
}

#[tokio::test]
async fn a_bot_hears_a_call_and_is_heard() {
    let story = Story::start().await;
    story.emulator.person(CUSTOMER).sounds_as_tone(400);
    let options = audio_options(&story.socket_url(), &json!({ "enableBidirectional": true }));
    let call = story.call(&[CUSTOMER], &options).await;
    let id = call["callConnectionId"].as_str().unwrap();
    let mut socket = story.accept().await;
    assert_eq!(socket.headers["x-ms-call-connection-id"], id);
    assert_eq!(socket.headers["x-ms-call-correlation-id"], call["correlationId"].as_str().unwrap());
    assert!(socket.headers["authorization"].to_str().unwrap().starts_with("Bearer ey"));
    let metadata = socket.frame("AudioMetadata").await;
    let subscription = &call["mediaStreamingSubscription"]["id"];
    let expected = json!({ "subscriptionId": subscription, "encoding": "PCM", "sampleRate": 16000,
        "channels": 1, "length": 640 });
    assert_eq!(metadata, expected);
    let started = story.bot.wait("MediaStreamingStarted").await.event["data"].clone();
    assert_eq!(
        (&started["operationContext"], &started["mediaStreamingUpdate"]),
        (
            &"out".into(),
            &json!({ "contentType": "Audio", "mediaStreamingStatus": "mediaStreamingStarted",
            "mediaStreamingStatusDetails": "subscriptionStarted" })
        )
    );

    // The clock stands: one frame now, and then one each 20 ms.
    let first = socket.frame("AudioData").await;
    assert_eq!((samples(&first).len(), &first["silent"]), (320, &false.into()));
    assert_eq!(first.get("participantRawID"), None);
    story.advance(2);
    let (second, third) = (socket.frame("AudioData").await, socket.frame("AudioData").await);
    assert_eq!(samples(&second), samples(&third));
    assert_ne!(second["timestamp"], third["timestamp"]);

    // The bot says a second, and takes it back after it has been heard for 20 ms.
    let second: Vec<u8> = std::iter::repeat_n(7_i16.to_le_bytes(), 16_000).flatten().collect();
    let data = BASE64_STANDARD.encode(second);
    socket.send(&json!({ "kind": "AudioData", "audioData": { "data": data } })).await;
    wait_for_journal(&story.emulator, "\"direction\":\"in\"").await;
    story.advance(1);
    socket.frame("AudioData").await;
    socket.send(&json!({ "Kind": "StopAudio", "AudioData": null, "StopAudio": {} })).await;
    wait_for_journal(&story.emulator, "StopAudio").await;
    story.advance(2);
    socket.frame("AudioData").await;
    socket.frame("AudioData").await;
    let heard = story.emulator.heard(id).unwrap();
    let bot: Vec<u8> = heard[44..].chunks(4).map(|pair| pair[2]).collect();
    assert_eq!(bot.iter().filter(|sample| **sample == 7).count(), 320);
    assert_eq!(bot.len(), 6 * 320);

    let path = format!("/calls/{id}/audio?after=1600");
    let line = format!("GET /_emulator{path}");
    let live = send_bytes(&story.emulator, &request(&story.emulator, &line, "", "")).await;
    assert!(live.contains("audio-next: 1920") && live.contains("audio/wav"), "{live}");

    let stop = json!({ "operationContext": "stop" });
    assert_eq!(story.post(&format!("/{id}:stopMediaStreaming"), &stop).await.status, 202);
    assert_eq!(socket.next().await, None);
    let stopped = story.bot.wait("MediaStreamingStopped").await.event["data"].clone();
    assert_eq!(stopped["operationContext"], "stop");
    let start = json!({ "operationContext": "again" });
    assert_eq!(story.post(&format!("/{id}:startMediaStreaming"), &start).await.status, 202);
    let mut socket = story.accept().await;
    socket.frame("AudioMetadata").await;
    let again = story.bot.wait_for("MediaStreamingStarted", 2).await;
    assert_eq!(again.event["data"]["operationContext"], "again");
}

#[tokio::test]
async fn each_speaker_has_frames_if_they_are_not_mixed() {
    let story = Story::start().await;
    story.emulator.person(CUSTOMER).sounds_as_tone(400);
    let more = json!({ "audioChannelType": "unmixed", "audioFormat": "pcm24KMono",
        "enableDtmfTones": true });
    let options = audio_options(&story.socket_url(), &more);
    let call = story.call(&[CUSTOMER, AGENT], &options).await;
    let mut socket = story.accept().await;
    assert_eq!(socket.frame("AudioMetadata").await["sampleRate"], 24_000);
    for speaker in [CUSTOMER, AGENT] {
        let frame = socket.frame("AudioData").await;
        assert_eq!(frame["participantRawID"], speaker);
        assert_eq!((&frame["silent"], samples(&frame).len()), (&(speaker == AGENT).into(), 480));
    }
    let server_call = story.server_call().await;
    person(&story.emulator, &server_call, CUSTOMER, "press", &json!({ "tones": "5" })).await;
    let tone = socket.frame("DtmfData").await;
    assert_eq!((&tone["data"], &tone["participantRawID"]), (&"5".into(), &CUSTOMER.into()));
    // Who is muted is not heard.
    person(&story.emulator, &server_call, CUSTOMER, "mute", &json!({})).await;
    story.bot.wait_for("ParticipantsUpdated", 3).await;
    story.advance(1);
    assert_eq!(socket.frame("AudioData").await["participantRawID"], AGENT);
    let id = call["callConnectionId"].as_str().unwrap();
    assert_eq!(story.post(&format!("/{id}:terminate"), &Value::Null).await.status, 204);
    assert_eq!(socket.next().await, None);
}

#[tokio::test]
async fn words_are_transcribed() {
    let story = Story::start().await;
    let options = json!({ "transcriptionOptions": {
        "transportUrl": story.socket_url(),
        "transportType": "websocket",
        "locale": "en-US",
        "startTranscription": false,
        "enableIntermediateResults": true,
    } });
    let call = story.call(&[CUSTOMER], &options).await;
    let id = call["callConnectionId"].as_str().unwrap();
    let server_call = story.server_call().await;
    let start = json!({ "locale": "de-DE", "operationContext": "words" });
    assert_eq!(story.post(&format!("/{id}:startTranscription"), &start).await.status, 202);
    let mut socket = story.accept().await;
    let metadata = socket.frame("TranscriptionMetadata").await;
    assert_eq!((&metadata["locale"], &metadata["callConnectionId"]), (&"de-DE".into(), &id.into()));
    let started = story.bot.wait("TranscriptionStarted").await.event["data"].clone();
    assert_eq!(started["operationContext"], "words");
    let words = json!({ "text": "Ja, bitte." });
    person(&story.emulator, &server_call, CUSTOMER, "speak", &words).await;
    for status in ["Intermediate", "Final"] {
        let data = socket.frame("TranscriptionData").await;
        assert_eq!((&data["resultStatus"], &data["text"]), (&status.into(), &"Ja, bitte.".into()));
        assert_eq!(data["participantRawID"], CUSTOMER);
    }
    let update = json!({ "locale": "fr-FR", "operationContext": "other" });
    assert_eq!(story.post(&format!("/{id}:updateTranscription"), &update).await.status, 202);
    let updated = story.bot.wait("TranscriptionUpdated").await.event["data"].clone();
    assert_eq!(updated["operationContext"], "words");
    assert_eq!(story.post(&format!("/{id}:stopTranscription"), &json!({})).await.status, 202);
    assert_eq!(socket.next().await, None);
    story.bot.wait("TranscriptionStopped").await;
}

#[tokio::test]
async fn a_bot_that_refuses_or_disconnects_is_reported() {
    let story = Story::start().await;
    let options = audio_options("ws://127.0.0.1:9/", &json!({}));
    story.call(&[CUSTOMER], &options).await;
    let failed = story.bot.wait("MediaStreamingFailed").await.event["data"].clone();
    assert_eq!(failed["resultInformation"]["subCode"], 8581);
    let details = "initialWebSocketConnectionFailed";
    assert_eq!(failed["mediaStreamingUpdate"]["mediaStreamingStatusDetails"], details);

    // A message that is too long ends the socket, and nothing else.
    let options = audio_options(&story.socket_url(), &json!({ "enableBidirectional": true }));
    story.call(&[AGENT], &options).await;
    let mut socket = story.accept().await;
    socket.frame("AudioMetadata").await;
    story.bot.wait("MediaStreamingStarted").await;
    let long = Message::text("a".repeat(2 * 1024 * 1024));
    // The emulator may close while this is still being written.
    drop(socket.frames.send(long).await);
    let failed = story.bot.wait_for("MediaStreamingFailed", 2).await.event["data"].clone();
    let details = "streamConnectionInterrupted";
    assert_eq!(failed["mediaStreamingUpdate"]["mediaStreamingStatusDetails"], details);
}

#[tokio::test]
async fn a_person_sounds_as_a_file_and_a_call_is_written_to_one() {
    let directory = std::env::temp_dir().join(format!("heard-{}", uuid::Uuid::new_v4()));
    let clock = Clock::standing_at(SystemTime::now());
    let emulator =
        Emulator::builder().clock(clock).audio_directory(&directory).start().await.unwrap();
    let (bot, listener) = (Bot::start().await, TcpListener::bind("127.0.0.1:0").await.unwrap());
    let story = Story { emulator, bot, listener };
    let mut wav =
        b"RIFF\x2e\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0".to_vec();
    wav.extend(b"data\x0a\0\0\0\x01\0\x02\0\x03\0\x04\0\x05\0");
    let people = json!({ CUSTOMER: { "voice": { "wav": BASE64_STANDARD.encode(&wav) } } });
    assert_eq!(control(&story.emulator, "PUT", "/people", &people).await.status, 204);
    let options = audio_options(&story.socket_url(), &json!({}));
    let call = story.call(&[CUSTOMER], &options).await;
    let mut socket = story.accept().await;
    socket.frame("AudioMetadata").await;
    assert_eq!(samples(&socket.frame("AudioData").await)[..6], [1, 2, 3, 4, 5, 0]);
    let id = call["callConnectionId"].as_str().unwrap();
    let file = std::fs::read(directory.join(format!("{id}.wav"))).unwrap();
    assert_eq!((file.len(), &file[44..52]), (44 + 1280, &[1, 0, 0, 0, 2, 0, 0, 0][..]));
    std::fs::remove_dir_all(directory).unwrap();
}

/// wss with a certificate of an authority that the emulator is told to trust, and callbacks by https.
#[cfg(feature = "tls")]
#[tokio::test]
async fn a_bot_is_reached_over_tls() {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
    use std::sync::Arc;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let ca_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = params.self_signed(&ca_key).unwrap();
    let (issuer, key) = (Issuer::new(params, ca_key), KeyPair::generate().unwrap());
    let names = vec!["localhost".to_owned()];
    let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();
    let path = std::env::temp_dir().join(format!("ca-{}.pem", uuid::Uuid::new_v4()));
    std::fs::write(&path, ca.pem()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let emulator = Emulator::builder().callback_ca(&path).start().await.unwrap();
    std::fs::remove_file(path).unwrap();
    let options = audio_options(&format!("wss://localhost:{port}/"), &json!({}));
    let mut body = json!({ "targets": [{ "rawId": AGENT }],
        "callbackUri": format!("https://localhost:{port}/cb") });
    body["mediaStreamingOptions"] = options["mediaStreamingOptions"].clone();
    let line = format!("POST {CALLS}?api-version=2025-06-15");
    let created = send(&emulator, &request(&emulator, &line, "", &body.to_string())).await;
    assert_eq!(created.status, 201, "{created:?}");
    let (mut has_event, mut has_socket) = (false, false);
    while !(has_event && has_socket) {
        let mut stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
        let mut first = [0; 4];
        stream.read_exact(&mut first).await.unwrap();
        if &first == b"POST" {
            let answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            stream.write_all(answer).await.unwrap();
            has_event = true;
        } else {
            assert_eq!(&first, b"GET ");
            has_socket = true;
        }
    }
}

async fn wait_for_journal(emulator: &Emulator, text: &str) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = crate::client::connect(emulator).await;
    let head = request(emulator, "GET /_emulator/journal", "", "");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains(text) {
        let read = tokio::time::timeout(Duration::from_secs(20), stream.read_buf(&mut seen));
        assert_ne!(read.await.expect(text).unwrap(), 0);
    }
}

async fn send_bytes(emulator: &Emulator, text: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = crate::client::connect(emulator).await;
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}
