//! A bot that answers calls: it greets, offers a menu, and connects an agent, on a recorded line.
//!
//! `cargo run --example call_bot --features axum` runs it against the emulator, with a caller who
//! hesitates at first. For a real resource, set `ACS_CONNECTION_STRING`, `ACS_RESOURCE_ID` (its
//! immutable id), `COGNITIVE_SERVICES_ENDPOINT` (for speech), `BOT_URL` (the public https URL of
//! this server, which listens on `PORT`, or 8080), `BOT_SECRET` (random) and `BOT_AGENT` (the raw
//! id of a user), and use the URL that it prints as the endpoint of an Event Grid subscription for
//! incoming calls.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::env::var;
use std::error::Error;
use std::time::Duration;

use acs_rest::axum::routes;
use acs_rest::call_automation::{
    AddParticipantRequest, AnswerCallRequest, CallIntelligenceOptions, CallLocator, Choice,
    HoldRequest, PlayRequest, RecognizeOptions, RecognizeRequest, StartCallRecordingRequest,
    TextSource, Tone, UnholdRequest,
};
use acs_rest::event_grid::IncomingCall;
use acs_rest::event_processor::{Call, CallClient, EventProcessor, OperationError};
use acs_rest::webhook::{WebhookRoute, WebhookUrls, WebhookVerifier, Webhooks};
use acs_rest::{Client, CommunicationIdentifier};
use acs_rest_emulator::Emulator;
use tokio::net::TcpListener;

#[path = "support/emulated_caller.rs"]
mod emulated_caller;

#[derive(Clone)]
struct Bot {
    calls: CallClient,
    urls: WebhookUrls,
    speech: String,
    agent: CommunicationIdentifier,
}

impl Bot {
    async fn run(self, incoming: IncomingCall) {
        let (Some(context), Some(caller)) = (incoming.incoming_call_context, incoming.from) else {
            return;
        };
        let callback = self.urls.url(WebhookRoute::Callbacks);
        let speech =
            CallIntelligenceOptions::new().cognitive_services_endpoint(self.speech.clone());
        let request = AnswerCallRequest::new(context, callback).call_intelligence_options(speech);
        match self.calls.answer_call(request).await {
            Ok(call) => {
                tokio::spawn(print_events(call.clone()));
                if let Err(error) = self.talk(&call, caller).await {
                    println!("{error}");
                    drop(call.terminate().await);
                }
            }
            Err(error) => println!("{error}"),
        }
    }

    async fn talk(
        &self,
        call: &Call,
        caller: CommunicationIdentifier,
    ) -> Result<(), OperationError> {
        say(call, "Welcome to Contoso. This call is recorded.").await?;
        if let Some(id) = call.properties().server_call_id.clone() {
            let request = StartCallRecordingRequest::new(CallLocator::server_call(id))
                .recording_state_callback_uri(self.urls.url(WebhookRoute::Callbacks));
            call.start_recording(request).await?;
        }
        match choose(call, &caller).await?.as_deref() {
            Some("agent") => self.connect_agent(call, caller).await?,
            Some(_) => say(call, "We are open from nine to five.").await?,
            None => say(call, "Goodbye.").await?,
        }
        call.terminate().await?;
        Ok(())
    }

    async fn connect_agent(
        &self,
        call: &Call,
        caller: CommunicationIdentifier,
    ) -> Result<(), OperationError> {
        call.hold(HoldRequest::new(caller.clone())).await?;
        call.add_participant(AddParticipantRequest::new(self.agent.clone())).await?;
        call.unhold(UnholdRequest::new(caller)).await?;
        say(call, "You are connected.").await
    }
}

/// Asks up to three times.
async fn choose(
    call: &Call,
    caller: &CommunicationIdentifier,
) -> Result<Option<String>, OperationError> {
    let choices = [
        Choice::new("agent", ["agent", "person"]).tone(Tone::One),
        Choice::new("hours", ["opening hours"]).tone(Tone::Two),
    ];
    let options = RecognizeOptions::new(caller.clone(), choices)
        .initial_silence_timeout(Duration::from_secs(5));
    let prompt = TextSource::new("For an agent, press 1. For our opening hours, press 2.");
    let request = RecognizeRequest::new(options).play_prompt(prompt.source_locale("en-US"));
    for _ in 0..3 {
        match call.recognize(request.clone()).await {
            Ok(recognized) => return Ok(recognized.result.choice_result.and_then(|it| it.label)),
            Err(error) => match error.reason() {
                Some(reason) if reason.is_no_input() || reason.is_no_match() => {
                    say(call, "I did not understand that.").await?;
                }
                _ => return Err(error),
            },
        }
    }
    Ok(None)
}

async fn say(call: &Call, text: &str) -> Result<(), OperationError> {
    println!("bot: {text}");
    call.play(PlayRequest::new([TextSource::new(text).source_locale("en-US")])).await?;
    Ok(())
}

async fn print_events(call: Call) {
    let mut events = call.events();
    while let Some(event) = events.next().await {
        println!("    {}", event.event_type.trim_start_matches("Microsoft.Communication."));
    }
}

fn webhooks(client: Client, verifier: WebhookVerifier, urls: WebhookUrls) -> Webhooks {
    let calls = CallClient::new(client, EventProcessor::new());
    let webhooks = Webhooks::new(urls.clone(), calls.processor().clone()).verifier(verifier);
    let speech = var("COGNITIVE_SERVICES_ENDPOINT");
    let speech = speech.unwrap_or("https://contoso.cognitiveservices.azure.com".to_owned());
    let agent = var("BOT_AGENT").unwrap_or("8:acs:contoso_agent".to_owned());
    let bot = Bot { calls, urls, speech, agent: CommunicationIdentifier::from_raw_id(agent) };
    webhooks.on_incoming_call(move |incoming| bot.clone().run(incoming))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Ok(connection_string) = var("ACS_CONNECTION_STRING") else {
        return on_the_emulator().await;
    };
    let port = var("PORT").unwrap_or("8080".to_owned());
    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).await?;
    let urls = WebhookUrls::new(var("BOT_URL")?, var("BOT_SECRET")?)?;
    println!("the endpoint for Event Grid: {}", urls.url(WebhookRoute::EventGrid));
    let client = Client::from_connection_string(connection_string)?;
    let webhooks = webhooks(client, WebhookVerifier::new(var("ACS_RESOURCE_ID")?), urls);
    Ok(axum::serve(listener, routes::<()>(webhooks)).await?)
}

async fn on_the_emulator() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let urls = WebhookUrls::new(base, "for the emulator alone")?;
    let notifications = urls.url(WebhookRoute::EventGrid);
    let emulator = Emulator::builder().event_grid_endpoint(notifications).start().await?;
    let client = Client::from_connection_string(emulator.connection_string())?;
    let keys = format!("{}/calling/keys", emulator.endpoint());
    let verifier = WebhookVerifier::new(emulator.resource_id()).signing_keys_url(keys)?;
    let webhooks = webhooks(client, verifier, urls);
    tokio::spawn(axum::serve(listener, routes::<()>(webhooks.clone())).into_future());

    emulated_caller::ring(&emulator).await;
    emulated_caller::hesitate_and_press(&emulator, "1").await;
    webhooks.shutdown(Duration::from_secs(30)).await;
    emulator.stop().await;
    Ok(())
}
