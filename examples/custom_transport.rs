//! Wraps the default transport in one that prints requests and responses.
//!
//! `cargo run --example custom_transport`

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::time::{Duration, Instant};

use acs_rest::call_automation::{CallAutomation, CallConnection, CreateCallRequest};
use acs_rest::transport::{Request, ReqwestTransport, SendFuture, Transport};
use acs_rest::{ClientBuilder, CommunicationUserIdentifier};
use acs_rest_emulator::Emulator;

/// Prints each attempt, retries included, with the time until the head of the response.
#[derive(Debug)]
struct Printing<T>(T);

impl<T: Transport> Transport for Printing<T> {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        Box::pin(async move {
            // The headers are not printed: they contain the credential.
            let line = format!("{} {}", request.method(), request.target());
            let start = Instant::now();
            let response = self.0.send(request).await;
            match &response {
                Ok(response) => println!("{line}: {} in {:?}", response.status(), start.elapsed()),
                Err(error) => println!("{line}: {error}"),
            }
            response
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await;
    let transport = Printing(ReqwestTransport::with_connect_timeout(Duration::from_secs(10))?);
    let client = ClientBuilder::from_connection_string(emulator.connection_string())?
        .transport(transport)
        .build()?;

    let user = CommunicationUserIdentifier::new("8:acs:contoso_alice");
    let request = CreateCallRequest::new([user], "https://contoso.example/events");
    let call = client.create_call(&request).await?.call_connection_id.ok_or("a call without id")?;
    client.hangup_call(&call).await?;
    Ok(())
}
