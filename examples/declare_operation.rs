//! Declares an operation of your own in five lines, and tests code that calls it without a network.
//!
//! `cargo run --example declare_operation`

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use acs_rest::call_automation::{CallAutomation, CreateCallRequest};
use acs_rest::{Client, CommunicationUserIdentifier, Result, acs_operation};
use acs_rest_emulator::Emulator;

// The whole operation: method and path from its REST page, parameters and result as Rust types.
#[acs_operation(POST, "/calling/callConnections/<callConnectionId>:terminate", repeatable)]
trait TerminateCall {
    async fn terminate_call(&self, call_connection_id: &str) -> Result<()>;
}

/// Your own code, written against the trait.
async fn end_all(calls: &impl TerminateCall, ids: &[&str]) -> Result<usize> {
    for id in ids {
        calls.terminate_call(id).await?;
    }
    Ok(ids.len())
}

/// A test double: three lines, no network.
struct Double;

impl TerminateCall for Double {
    async fn terminate_call(&self, call_connection_id: &str) -> Result<()> {
        println!("double: {call_connection_id} ended");
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    println!("double: {} ended", end_all(&Double, &["one", "two"]).await?);

    let emulator = Emulator::start().await;
    let client = Client::from_connection_string(emulator.connection_string())?;
    let user = CommunicationUserIdentifier::new("8:acs:contoso_alice");
    let request = CreateCallRequest::new([user], "https://contoso.example/events");
    let id = client.create_call(&request).await?.call_connection_id.unwrap_or_default();
    println!("emulator: {} ended", end_all(&client, &[&id]).await?);

    let error = client.terminate_call("..").await.err();
    println!("refused: {}", error.map(|error| error.to_string()).unwrap_or_default());
    Ok(())
}
