//! A voice agent: it answers calls with audio in both directions, and bridges them to a model.
//!
//! `cargo run --example voice_agent --features axum` runs it against the emulator, with two calls:
//! in the first, the caller hears an echo, and in the second a beep. For a real resource, set
//! `ACS_CONNECTION_STRING`, `ACS_RESOURCE_ID` (its immutable id), `BOT_URL` (the public https URL
//! of this server, which listens on `PORT`, or 8080) and `BOT_SECRET` (random), and use the URL
//! that it prints as the endpoint of an Event Grid subscription for incoming calls.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::env::var;
use std::error::Error;
use std::time::Duration;

use acs_rest::Client;
use acs_rest::axum::{audio_route, routes};
use acs_rest::call_automation::{
    AnswerCallRequest, AudioFormat, CallConnection, MediaStreamingAudioChannelType,
    WebSocketMediaStreamingOptions,
};
use acs_rest::event_grid::IncomingCall;
use acs_rest::event_processor::{CallClient, EventProcessor};
use acs_rest::media_streaming::{AudioSocket, AudioSocketSettings, Frame};
use acs_rest::webhook::{WebhookRoute, WebhookUrls, WebhookVerifier, Webhooks};
use acs_rest_emulator::Emulator;
use axum::Router;
use tokio::net::TcpListener;

#[path = "support/emulated_caller.rs"]
mod emulated_caller;
#[path = "support/models.rs"]
mod models;

use models::{Beep, Echo, Model, Speech};

/// Connects a participant and a model, until one of them hangs up.
async fn bridge(mut socket: AudioSocket, mut model: impl Model) {
    let (sender, mut heard, mut said) = (socket.sender(), Duration::ZERO, Duration::ZERO);
    loop {
        tokio::select! {
            frame = socket.next() => match frame.as_ref().map(|frame| frame.parse()) {
                Some(Ok(Frame::AudioData(audio))) => {
                    heard += duration(audio.decoded_len());
                    model.hear(&audio);
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => println!("{error}"),
                None => break,
            },
            speech = model.speak() => match speech {
                Some(Speech::Audio(pcm)) => {
                    said += duration(pcm.len());
                    if sender.send(&pcm).await.is_err() {
                        break;
                    }
                }
                // The participant began to speak: drop the audio that has not been played yet.
                Some(Speech::Interrupted) => sender.stop(),
                None => break,
            },
        }
    }
    println!("heard {heard:?}, said {said:?}; the socket ended: {:?}", socket.end());
}

/// 24,000 samples of 16 bits a second.
fn duration(bytes: usize) -> Duration {
    Duration::from_micros(bytes as u64 * 1_000_000 / 48_000)
}

async fn answer(calls: CallClient, urls: WebhookUrls, incoming: IncomingCall) {
    let Some(context) = incoming.incoming_call_context else { return };
    let stream = WebSocketMediaStreamingOptions::new(MediaStreamingAudioChannelType::Mixed)
        .transport_url(urls.url(WebhookRoute::Audio))
        .start_media_streaming(true)
        .enable_bidirectional(true)
        .audio_format(AudioFormat::Pcm24KMono);
    let request = AnswerCallRequest::new(context, urls.url(WebhookRoute::Callbacks))
        .media_streaming_options(stream);
    match calls.answer_call(request).await {
        Ok(call) => println!("answered {}", call.id()),
        Err(error) => println!("{error}"),
    }
}

/// The routes of an agent that bridges each call to a model of its own.
fn app<M: Model>(
    client: Client,
    verifier: WebhookVerifier,
    urls: &WebhookUrls,
    model: impl Fn() -> M + Clone + Send + Sync + 'static,
) -> Router {
    let calls = CallClient::new(client, EventProcessor::new());
    let webhooks = Webhooks::new(urls.clone(), calls.processor().clone()).verifier(verifier);
    let urls = urls.clone();
    let webhooks =
        webhooks.on_incoming_call(move |incoming| answer(calls.clone(), urls.clone(), incoming));
    let settings = AudioSocketSettings::default();
    let audio = audio_route(webhooks.clone(), settings, move |socket, _| bridge(socket, model()));
    routes(webhooks).merge(audio)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Ok(connection_string) = var("ACS_CONNECTION_STRING") else {
        on_the_emulator(Echo::new).await?;
        return on_the_emulator(Beep::new).await;
    };
    let port = var("PORT").unwrap_or("8080".to_owned());
    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).await?;
    let urls = WebhookUrls::new(var("BOT_URL")?, var("BOT_SECRET")?)?;
    println!("the endpoint for Event Grid: {}", urls.url(WebhookRoute::EventGrid));
    let client = Client::from_connection_string(connection_string)?;
    let verifier = WebhookVerifier::new(var("ACS_RESOURCE_ID")?);
    Ok(axum::serve(listener, app(client, verifier, &urls, Echo::new)).await?)
}

async fn on_the_emulator<M: Model>(
    model: impl Fn() -> M + Clone + Send + Sync + 'static,
) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let urls = WebhookUrls::new(format!("http://{}", listener.local_addr()?), "for the emulator")?;
    let notifications = urls.url(WebhookRoute::EventGrid);
    let emulator = Emulator::builder().event_grid_endpoint(notifications).start().await?;
    let client = Client::from_connection_string(emulator.connection_string())?;
    let keys = format!("{}/calling/keys", emulator.endpoint());
    let verifier = WebhookVerifier::new(emulator.resource_id()).signing_keys_url(keys)?;
    tokio::spawn(axum::serve(listener, app(client.clone(), verifier, &urls, model)).into_future());

    emulated_caller::ring(&emulator).await;
    let call = emulated_caller::listen(&emulator, Duration::from_secs(2)).await;
    client.terminate_call(&call).await?;
    tokio::time::sleep(Duration::from_millis(200)).await; // until the socket has ended
    emulator.stop().await;
    Ok(())
}
