//! Mutes a participant of a call, over real HTTP.
//!
//! `cargo run --example mute_participants` runs on an emulator that it starts. With `ACS_ENDPOINT`
//! and `ACS_USER_TOKEN`, or with `ACS_CONNECTION_STRING`, it uses a call of a real resource:
//! `ACS_CALL_CONNECTION_ID` names the call and `ACS_PARTICIPANT` the raw id of the participant,
//! such as `8:acs:…`.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::env;
use std::error::Error;

use acs_rest::call_automation::{
    CallAutomation, CallConnection, CreateCallRequest, MuteParticipantsRequest,
    MuteParticipantsResult,
};
use acs_rest::{
    Client, CommunicationIdentifier, CommunicationUserIdentifier, Response, Result, UserToken,
    acs_operation,
};
use acs_rest_emulator::Emulator;

/// Declares the operation. `CallConnection` has it too, but this one also returns the headers.
#[acs_operation(POST, "/calling/callConnections/<callConnectionId>/participants:mute", repeatable)]
trait MuteParticipants {
    async fn mute(
        &self,
        call_connection_id: &str,
        request: &MuteParticipantsRequest,
    ) -> Result<Response<MuteParticipantsResult>>;
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn Error>> {
    let Some(client) = real_client()? else {
        return on_the_emulator().await;
    };
    let call = required("ACS_CALL_CONNECTION_ID")?;
    let participant = CommunicationIdentifier::from_raw_id(required("ACS_PARTICIPANT")?);
    Ok(mute(&client, &call, participant).await?)
}

async fn on_the_emulator() -> std::result::Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await;
    println!("emulator at {}", emulator.endpoint());
    let server = Client::from_connection_string(emulator.connection_string())?;
    let [alice, bob] =
        ["8:acs:contoso_alice", "8:acs:contoso_bob"].map(CommunicationUserIdentifier::new);
    let request = CreateCallRequest::new([alice, bob.clone()], "https://contoso.example/events");
    let call = server.create_call(&request).await?.call_connection_id.ok_or("a call without id")?;

    let client = Client::new(emulator.endpoint(), UserToken::new(emulator.user_token()))?;
    mute(&client, &call, bob.into()).await?;
    emulator.stop().await;
    Ok(())
}

async fn mute(client: &Client, call: &str, participant: CommunicationIdentifier) -> Result<()> {
    println!("before");
    print_participants(client, call).await?;

    let request = MuteParticipantsRequest::new([participant]).operation_context("mute participant");
    let answer = client.mute(call, &request).await?;
    let request_id = answer.headers().get("x-ms-request-id").and_then(|id| id.to_str().ok());
    println!("request id {}", request_id.unwrap_or("not given"));
    println!("{:?}", answer.into_body());

    println!("after");
    print_participants(client, call).await
}

async fn print_participants(client: &Client, call: &str) -> Result<()> {
    let mut participants = client.get_participants(call);
    while let Some(participant) = participants.next().await {
        let participant = participant?;
        let who = participant.identifier.map(|who| who.to_string()).unwrap_or_default();
        let state = if participant.is_muted == Some(true) { "muted" } else { "not muted" };
        println!("  {who} {state}");
    }
    Ok(())
}

/// The client that the environment variables describe, if they are set.
fn real_client() -> Result<Option<Client>> {
    if let Ok(text) = env::var("ACS_CONNECTION_STRING") {
        return Client::from_connection_string(text).map(Some);
    }
    match (env::var("ACS_ENDPOINT"), env::var("ACS_USER_TOKEN")) {
        (Ok(endpoint), Ok(token)) => Client::new(endpoint, UserToken::new(token)).map(Some),
        _ => Ok(None),
    }
}

fn required(name: &str) -> std::result::Result<String, String> {
    env::var(name).map_err(|_| format!("set `{name}` too"))
}
