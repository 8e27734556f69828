//! A minimal server for callbacks, which verifies each request, reads its events and responds.
//!
//! `cargo run --example webhook_server --features axum` receives the events of a call in the
//! emulator, and ends with the call. With `ACS_RESOURCE_ID`, the immutable id of a real resource,
//! it
//! serves on the port `PORT`, or 8080, until it is stopped.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::env;
use std::error::Error;
use std::sync::Arc;

use acs_rest::axum::CallbackEvents;
use acs_rest::call_automation::{CallAutomation, CallConnection, CreateCallRequest};
use acs_rest::webhook::WebhookVerifier;
use acs_rest::{Client, CommunicationUserIdentifier};
use acs_rest_emulator::Emulator;
use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::sync::Notify;

#[derive(Clone)]
struct Server {
    verifier: WebhookVerifier,
    ended: Arc<Notify>,
}

impl FromRef<Server> for WebhookVerifier {
    fn from_ref(server: &Server) -> Self {
        server.verifier.clone()
    }
}

/// Handles the events of a request that is authentic. Any other request, and a request that is too
/// long or not JSON, is refused by the extractor.
async fn callback(State(server): State<Server>, CallbackEvents(events): CallbackEvents) {
    for event in events {
        match event {
            Ok(event) => {
                println!("{} of the call {:?}", event.event_type, event.call_connection_id());
                if event.event_type.ends_with(".CallDisconnected") {
                    server.ended.notify_one();
                }
            }
            Err(error) => println!("{error}"),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let resource = env::var("ACS_RESOURCE_ID").ok();
    let port = env::var("PORT").unwrap_or_else(|_| "8080".to_owned());
    let address = if resource.is_some() { format!("0.0.0.0:{port}") } else { "127.0.0.1:0".into() };
    let listener = TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);

    let Some(resource) = resource else { return on_the_emulator(listener).await };
    let server = Server { verifier: WebhookVerifier::new(resource), ended: Arc::default() };
    Ok(axum::serve(listener, app(server)).await?)
}

fn app(server: Server) -> Router {
    Router::new().route("/callbacks", post(callback)).with_state(server)
}

async fn on_the_emulator(listener: TcpListener) -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await;
    let keys = format!("{}/calling/keys", emulator.endpoint());
    let verifier = WebhookVerifier::new(emulator.resource_id()).signing_keys_url(keys)?;
    let url = format!("http://{}/callbacks", listener.local_addr()?);
    let ended = Arc::new(Notify::new());
    let server = app(Server { verifier, ended: Arc::clone(&ended) });
    tokio::spawn(async move { axum::serve(listener, server).await });

    let client = Client::from_connection_string(emulator.connection_string())?;
    let alice = CommunicationUserIdentifier::new("8:acs:contoso_alice");
    let call = client.create_call(&CreateCallRequest::new([alice], url)).await?;
    client.terminate_call(&call.call_connection_id.unwrap_or_default()).await?;
    ended.notified().await;
    Ok(())
}
