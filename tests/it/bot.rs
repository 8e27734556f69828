//! A bot on axum and the emulator: from the first ring to the last event.

use std::time::Duration;

use acs_rest::axum::{audio_route, routes};
use acs_rest::call_automation::events::ReasonCode;
use acs_rest::call_automation::{
    AddParticipantRequest, AnswerCallRequest, CallIntelligenceOptions, CallLocator, Choice,
    HoldRequest, PlayRequest, RecognizeOptions, RecognizeRequest, StartCallRecordingRequest,
    TextSource, Tone,
};
use acs_rest::event_grid::IncomingCall;
use acs_rest::event_processor::{CallClient, EventProcessor, OperationError, OperationErrorKind};
use acs_rest::media_streaming::{
    AudioSocket, AudioSocketEnd, AudioSocketSettings, Frame, STOP_AUDIO, write_audio,
};
use acs_rest::webhook::{WebhookRoute, WebhookUrls, WebhookVerifier, Webhooks};
use acs_rest::{Client, CommunicationUserIdentifier};
use acs_rest_emulator::Emulator;
use axum::Router;
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use crate::subprocess::in_subprocess;
use crate::telemetry::lines_during;

const CALLER: &str = "4:+14255550123";
const SECRET: &str = "a secret of sixteen bytes and more";

/// A bot at an address of its own.
pub(crate) struct Bot {
    pub(crate) calls: CallClient,
    pub(crate) urls: WebhookUrls,
    pub(crate) webhooks: Webhooks,
}

impl Bot {
    /// Serves with what `change` makes of the webhooks.
    pub(crate) async fn start(
        connection_string: &str,
        change: impl FnOnce(Webhooks, CallClient) -> Webhooks,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/bot", listener.local_addr().unwrap());
        let urls = WebhookUrls::new(base, SECRET).unwrap();
        let client = Client::from_connection_string(connection_string).unwrap();
        let calls = CallClient::new(client, EventProcessor::new());
        let webhooks = Webhooks::new(urls.clone(), calls.processor().clone());
        let webhooks = change(webhooks, calls.clone());
        let app = Router::new().nest("/bot", routes(webhooks.clone()));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { calls, urls, webhooks }
    }
}

fn answer(incoming: IncomingCall, urls: &WebhookUrls) -> AnswerCallRequest {
    let context = incoming.incoming_call_context.unwrap();
    let speech = "https://speech.contoso.example";
    AnswerCallRequest::new(context, urls.url(WebhookRoute::Callbacks)).call_intelligence_options(
        CallIntelligenceOptions::new().cognitive_services_endpoint(speech),
    )
}

fn say(text: &str) -> TextSource {
    TextSource::new(text).source_locale("en-US")
}

fn menu() -> RecognizeRequest {
    let choices = [
        Choice::new("agent", ["agent"]).tone(Tone::One),
        Choice::new("hours", ["hours"]).tone(Tone::Two),
    ];
    let caller = acs_rest::CommunicationIdentifier::from_raw_id(CALLER);
    let options =
        RecognizeOptions::new(caller, choices).initial_silence_timeout(Duration::from_secs(5));
    RecognizeRequest::new(options).play_prompt(say("Press 1 for an agent."))
}

/// The whole story, and what it was.
async fn story(
    calls: &CallClient,
    incoming: IncomingCall,
    urls: &WebhookUrls,
) -> Result<(String, Vec<String>), OperationError> {
    let call = calls.answer_call(answer(incoming, urls)).await?;
    let mut events = call.events();
    call.play(PlayRequest::new([say("Welcome.")])).await?;
    let silent = call.recognize(menu()).await.unwrap_err();
    assert_eq!(silent.reason(), Some(ReasonCode::InitialSilenceTimedOut), "{silent:?}");
    let chosen = call.recognize(menu()).await?;
    let label = chosen.result.choice_result.and_then(|it| it.label).unwrap();
    let agent = CommunicationUserIdentifier::new("8:acs:contoso_agent");
    call.hold(HoldRequest::new(acs_rest::CommunicationIdentifier::from_raw_id(CALLER))).await?;
    call.add_participant(AddParticipantRequest::new(agent)).await?;
    let locator = CallLocator::server_call(call.properties().server_call_id.clone().unwrap());
    let recording = StartCallRecordingRequest::new(locator)
        .recording_state_callback_uri(urls.url(WebhookRoute::Callbacks));
    let recording = call.start_recording(recording).await?;
    assert!(recording.recording_id.is_some());
    call.terminate().await?;
    let after = call.play(PlayRequest::new([say("Too late.")])).await.unwrap_err();
    assert_eq!(after.kind(), OperationErrorKind::Request);
    let mut kinds = Vec::new();
    while let Some(event) = events.next().await {
        kinds.push(event.event_type.trim_start_matches("Microsoft.Communication.").to_owned());
    }
    Ok((label, kinds))
}

/// What the caller does next: rings until somebody hears it, is silent once, and presses 1.
async fn caller(emulator: &Emulator) {
    let events = emulator.events();
    let has = |kind: &str| events.iter().any(|event| event.kind() == kind);
    let recognitions =
        emulator.requests().iter().filter(|it| it.target().contains(":recognize")).count();
    match recognitions {
        0 if !has("IncomingCall") => drop(emulator.incoming_call(CALLER)),
        1 if !has("RecognizeFailed") => emulator.clock().advance(Duration::from_secs(1)),
        2 if !has("RecognizeCompleted") => drop(emulator.person(CALLER).press("1")),
        _ => {}
    }
}

#[tokio::test]
async fn a_bot_from_the_first_ring_to_the_last_event() {
    whole_call().await;
}

async fn whole_call() {
    let (told, mut story_of) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let urls = WebhookUrls::new(&*base, SECRET).unwrap();
    let emulator = Emulator::builder()
        .event_grid_endpoint(urls.url(WebhookRoute::EventGrid))
        .start()
        .await
        .unwrap();
    let keys = format!("{}/calling/keys", emulator.endpoint());
    let verifier = WebhookVerifier::new(emulator.resource_id()).signing_keys_url(keys).unwrap();
    let client = Client::from_connection_string(emulator.connection_string()).unwrap();
    let calls = CallClient::new(client, EventProcessor::new());
    let webhooks = Webhooks::new(urls.clone(), calls.processor().clone()).verifier(verifier);
    let webhooks = webhooks.on_incoming_call(move |incoming| {
        let (calls, urls, told) = (calls.clone(), urls.clone(), told.clone());
        async move { told.send(story(&calls, incoming, &urls).await).unwrap() }
    });
    let app: Router = routes(webhooks.clone());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });

    let told = loop {
        tokio::select! {
            told = story_of.recv() => break told.unwrap(),
            () = tokio::time::sleep(Duration::from_millis(50)) => caller(&emulator).await,
        }
    };
    let (label, kinds) = told.unwrap();
    assert_eq!(label, "agent");
    // The states of the recording have a callback URI of their own, and may come after it.
    assert!(kinds.iter().any(|kind| kind == "CallDisconnected"), "{kinds:?}");
    assert!(webhooks.shutdown(Duration::from_secs(10)).await);
}

#[test]
fn a_call_is_one_trace_from_its_notification_on() {
    let test = "bot::a_call_is_one_trace_from_its_notification_on";
    in_subprocess(test, &[], async {
        let lines = lines_during(whole_call()).await;
        let correlation_id = |line: &str| {
            let (_, id) = line.split_once("acs.correlation_id=\"")?;
            id.split_once('"').map(|(id, _)| id.to_owned())
        };
        let notification = "acs_rest.notification{otel.kind=\"consumer\"";
        let call = lines.iter().find(|line| line.contains(notification)).unwrap();
        let call = correlation_id(call).unwrap();
        // Each request, and each operation that waited for its event.
        for (span, count) in [(": acs_rest_runtime::", 9), (":acs_rest.operation{", 7)] {
            let closed = |line: &&String| line.contains(span) && line.contains(": close ");
            let closed: Vec<_> = lines.iter().filter(closed).collect();
            assert!(closed.len() >= count, "{span}: {closed:#?}");
            for line in closed {
                assert!(line.contains(notification), "{line}");
                assert_eq!(correlation_id(line).as_deref(), Some(&*call), "{line}");
            }
        }
        let names = ["answer_call", "play", "recognize", "add_participant"];
        for name in names.map(|name| format!("otel.name=\"{name}\"")) {
            assert!(lines.iter().any(|line| line.contains(&name)), "{name}");
        }
    });
}

/// A bot whose audio is handed to `handler`, and the URL of its socket.
async fn audio_bot<F>(
    settings: AudioSocketSettings,
    handler: impl Fn(AudioSocket) -> F + Clone + Send + Sync + 'static,
) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let urls =
        WebhookUrls::new(format!("http://{}", listener.local_addr().unwrap()), SECRET).unwrap();
    let url = urls.url(WebhookRoute::Audio);
    let webhooks = Webhooks::new(urls, EventProcessor::new());
    let app: Router = audio_route(webhooks, settings, move |socket, _| handler(socket));
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    url
}

fn settings() -> AudioSocketSettings {
    AudioSocketSettings { sample_rate: 16_000, ..AudioSocketSettings::default() }
}

#[tokio::test]
async fn audio_is_echoed_at_its_pace_and_stopped_at_once() {
    let url = audio_bot(settings(), |mut socket| async move {
        let sender = socket.sender();
        while let Some(frame) = socket.next().await {
            match frame.parse().unwrap() {
                Frame::AudioData(audio) => {
                    let mut pcm = Vec::new();
                    audio.append_to(&mut pcm).unwrap();
                    sender.send(&pcm).await.unwrap();
                }
                Frame::DtmfData(_) => sender.stop(),
                frame => panic!("{frame:?}"),
            }
        }
        assert_eq!(socket.end(), Some(AudioSocketEnd::Closed));
    })
    .await;
    let (mut service, _) = tokio_tungstenite::connect_async(&url).await.unwrap();
    let mut frame = String::new();
    // Ten seconds of audio at once: what is sent back is sent at its pace.
    write_audio(&mut frame, &[7; 640 * 500]);
    service.send(Message::text(frame)).await.unwrap();
    let start = tokio::time::Instant::now();
    for _ in 0..5 {
        let text = service.next().await.unwrap().unwrap().into_text().unwrap();
        let Ok(Frame::AudioData(audio)) = Frame::parse(text.as_str()) else { panic!("{text}") };
        assert_eq!(audio.decoded_len(), 640);
    }
    assert!(start.elapsed() >= Duration::from_millis(75), "{:?}", start.elapsed());
    let tone = r#"{"kind":"DtmfData","dtmfData":{"data":"1"}}"#;
    service.send(Message::text(tone)).await.unwrap();
    let mut frames_before_stop = 0;
    loop {
        let text = service.next().await.unwrap().unwrap().into_text().unwrap();
        if text.as_str() == STOP_AUDIO {
            break;
        }
        frames_before_stop += 1;
    }
    assert!(frames_before_stop < 400, "{frames_before_stop}");
    let silence = tokio::time::timeout(Duration::from_millis(100), service.next()).await;
    assert!(silence.is_err(), "{silence:?}");
}

#[tokio::test]
async fn a_socket_ends_when_nothing_comes_and_when_its_time_is_over() {
    let short = Duration::from_millis(150);
    for (settings, expected) in [
        (AudioSocketSettings { idle_timeout: short, ..settings() }, AudioSocketEnd::Idle),
        (
            AudioSocketSettings { max_duration: short, ..settings() },
            AudioSocketEnd::DurationExceeded,
        ),
    ] {
        let (ended, mut end) = mpsc::unbounded_channel();
        let url = audio_bot(settings, move |mut socket| {
            let ended = ended.clone();
            async move {
                let sender = socket.sender();
                while socket.next().await.is_some() {}
                ended.send(socket.end()).unwrap();
                sender.send(&[0; 2]).await.unwrap_err();
            }
        })
        .await;
        let (mut service, _) = tokio_tungstenite::connect_async(&url).await.unwrap();
        assert_eq!(end.recv().await.unwrap(), Some(expected));
        assert!(matches!(service.next().await, Some(Ok(Message::Close(_))) | None));
        drop(service);
    }
}

#[tokio::test]
async fn a_socket_that_is_not_read_holds_the_sender_back() {
    let settings = AudioSocketSettings { max_received_frames: 4, ..settings() };
    let url = audio_bot(settings, |mut socket| async move {
        tokio::time::sleep(Duration::from_millis(200)).await;
        while socket.next().await.is_some() {}
    })
    .await;
    let (mut service, _) = tokio_tungstenite::connect_async(&url).await.unwrap();
    let mut frame = String::new();
    write_audio(&mut frame, &[7; 300_000]);
    let flood = async {
        for _ in 0..200 {
            service.send(Message::text(frame.clone())).await.unwrap();
        }
    };
    tokio::pin!(flood);
    let early = tokio::time::timeout(Duration::from_millis(100), &mut flood).await;
    assert!(early.is_err(), "80 MB were taken although nobody reads");
    flood.await;
}

#[tokio::test]
async fn only_a_signed_upgrade_is_accepted() {
    let url = audio_bot(settings(), |_| async {}).await;
    let unsigned = url.replace("signature=", "signature=0");
    let error = tokio_tungstenite::connect_async(&unsigned).await.unwrap_err();
    assert!(error.to_string().contains("401"), "{error}");
}

#[tokio::test]
async fn the_routes_answer_with_the_status_that_fits() {
    let bot = Bot::start("endpoint=http://127.0.0.1:9/;accesskey=c2VjcmV0", |it, _| it).await;
    let url = bot.urls.url(WebhookRoute::Callbacks);
    let send = async |method: &str, url: &str, body: &[u8]| {
        let (_, rest) = url.split_once("http://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        let head = format!(
            "{method} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        drop(stream.write_all(body).await);
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer).await);
        String::from_utf8_lossy(&answer)[9..12].parse::<u16>().unwrap()
    };
    assert_eq!(send("POST", &url, b"[]").await, 200);
    assert_eq!(send("POST", &url, b"{").await, 400);
    assert_eq!(send("POST", &url.replace("callbacks", "event-grid"), b"[]").await, 401);
    assert_eq!(send("GET", &url, b"").await, 405);
    assert_eq!(send("POST", &url, &vec![b' '; 1_100_000]).await, 413);
    let grid = bot.urls.url(WebhookRoute::EventGrid);
    assert_eq!(send("POST", &grid, b"[]").await, 200);
    assert!(bot.webhooks.shutdown(Duration::ZERO).await);
    assert_eq!(send("POST", &grid, b"[]").await, 503);
    assert_eq!(send("POST", &url, b"[]").await, 200);
    drop(bot.calls);
}
