//! A call of a contact centre: the customer hears a prompt and is recorded, waits on hold, and is
//! transferred to an agent.
//!
//! `cargo run --example contact_centre` runs on an emulator that it starts. With
//! `ACS_CONNECTION_STRING` it uses an established call of a real resource: `ACS_CALL_CONNECTION_ID`
//! names the call, `ACS_CUSTOMER` and `ACS_AGENT` are the raw ids of the two, such as `8:acs:…`,
//! and `ACS_PROMPT` is the URL of a WAV file that the service can reach. At the end it terminates
//! the call.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::env;
use std::error::Error;

use acs_rest::call_automation::{
    AddParticipantRequest, CallAutomation, CallConnection, CallLocator, CallMedia, CallRecording,
    CreateCallRequest, FileSource, HoldRequest, PlayRequest, StartCallRecordingRequest,
    UnholdRequest,
};
use acs_rest::{Client, CommunicationIdentifier, Result};
use acs_rest_emulator::Emulator;

/// The participants, and the prompt.
struct Case {
    customer: CommunicationIdentifier,
    agent: CommunicationIdentifier,
    prompt: FileSource,
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn Error>> {
    let Ok(connection_string) = env::var("ACS_CONNECTION_STRING") else {
        return on_the_emulator().await;
    };
    let client = Client::from_connection_string(connection_string)?;
    let call = required("ACS_CALL_CONNECTION_ID")?;
    let [customer, agent, prompt] = ["ACS_CUSTOMER", "ACS_AGENT", "ACS_PROMPT"].map(required);
    serve(&client, &call, &Case::new(customer?, agent?, prompt?)).await
}

async fn on_the_emulator() -> std::result::Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await;
    println!("emulator at {}", emulator.endpoint());
    let client = Client::from_connection_string(emulator.connection_string())?;
    let prompt = "https://contoso.example/this-call-is-recorded.wav";
    let case = Case::new("8:acs:contoso_customer", "8:acs:contoso_agent", prompt);
    let request = CreateCallRequest::new([case.customer.clone()], "https://contoso.example/events");
    let call = client.create_call(&request).await?.call_connection_id.ok_or("a call without id")?;
    serve(&client, &call, &case).await
}

/// The outcome of each step is reported by an event, such as `PlayCompleted`, which an application
/// would await before the next step.
async fn serve(
    client: &Client,
    call: &str,
    case: &Case,
) -> std::result::Result<(), Box<dyn Error>> {
    client.play(call, &PlayRequest::new([case.prompt.clone()])).await?;
    let server_call = client.get_call(call).await?.server_call_id.ok_or("no server call id")?;
    let request = StartCallRecordingRequest::new(CallLocator::server_call(server_call));
    let recording = client.start_recording(&request).await?;
    println!("recording {:?}", recording.recording_state);

    let hold = HoldRequest::new(case.customer.clone()).play_source_info(case.prompt.clone());
    client.hold(call, &hold).await?;
    client.add_participant(call, &AddParticipantRequest::new(case.agent.clone())).await?;
    print_participants(client, call).await?;
    client.unhold(call, &UnholdRequest::new(case.customer.clone())).await?;
    print_participants(client, call).await?;

    client.stop_recording(&recording.recording_id.ok_or("a recording without id")?).await?;
    client.terminate_call(call).await?;
    println!("ended");
    Ok(())
}

async fn print_participants(client: &Client, call: &str) -> Result<()> {
    let mut participants = client.get_participants(call);
    while let Some(participant) = participants.next().await {
        let participant = participant?;
        let who = participant.identifier.map(|who| who.to_string()).unwrap_or_default();
        let state = if participant.is_on_hold == Some(true) { "on hold" } else { "talking" };
        println!("  {who} {state}");
    }
    Ok(())
}

impl Case {
    fn new(
        customer: impl Into<String>,
        agent: impl Into<String>,
        prompt: impl Into<String>,
    ) -> Self {
        Self {
            customer: CommunicationIdentifier::from_raw_id(customer),
            agent: CommunicationIdentifier::from_raw_id(agent),
            prompt: FileSource::new(prompt),
        }
    }
}

fn required(name: &str) -> std::result::Result<String, String> {
    env::var(name).map_err(|_| format!("set `{name}` too"))
}
