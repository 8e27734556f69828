//! Finishes a call that a crash interrupted, without executing it twice.
//!
//! `cargo run --example resume_call` starts the emulator and then itself twice: the first process
//! stores the `Repeatability` pair, sends the mute, and exits before it can store the response; the
//! second one finds the pair and sends the same call again.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::{env, fs, process};

use acs_rest::call_automation::{
    CallAutomation, CallConnection, CreateCallRequest, MuteParticipantsRequest,
};
use acs_rest::{CallOptions, Client, CommunicationUserIdentifier, Repeatability};
use acs_rest_emulator::Emulator;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match env::var("RESUME_CALL_ID") {
        Ok(call) => worker(&call).await,
        Err(_) => supervisor().await,
    }
}

/// Mutes a participant, storing the `Repeatability` pair before the request is sent.
async fn worker(call: &str) -> Result<(), Box<dyn Error>> {
    let note = PathBuf::from(env::var("RESUME_CALL_NOTE")?);
    let client = Client::from_connection_string(env::var("ACS_CONNECTION_STRING")?)?;
    let was_interrupted = note.exists();
    let pair = if was_interrupted {
        serde_json::from_slice(&fs::read(&note)?)?
    } else {
        let pair = Repeatability::new();
        fs::write(&note, serde_json::to_vec(&pair)?)?;
        pair
    };
    println!("{} sends {}", process::id(), pair.request_id());

    let client = client.with_options(CallOptions::new().repeatability(pair));
    let request = MuteParticipantsRequest::new([alice()]).operation_context("once");
    let result = client.mute_participants(call, &request).await?;
    if !was_interrupted {
        println!("{} dies before it can note the answer", process::id());
        process::abort();
    }
    println!("{} got {result:?}", process::id());
    fs::remove_file(note)?;
    Ok(())
}

async fn supervisor() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await;
    let client = Client::from_connection_string(emulator.connection_string())?;
    let request = CreateCallRequest::new([alice()], "https://contoso.example/events");
    let call = client.create_call(&request).await?.call_connection_id.ok_or("a call without id")?;
    let note = env::temp_dir().join(format!("resume_call_{}.json", process::id()));

    let first = start(&emulator, &call, &note).await?;
    let second = start(&emulator, &call, &note).await?;
    let executions = emulator.executions().get("CallConnection_Mute").copied().unwrap_or_default();
    println!("carried out: {executions}");
    match (first.success(), second.success(), executions) {
        (false, true, 1) => Ok(()),
        _ => Err("the call was not carried out exactly once".into()),
    }
}

/// Runs this program again as the worker.
async fn start(emulator: &Emulator, call: &str, note: &Path) -> Result<ExitStatus, Box<dyn Error>> {
    let mut worker = Command::new(env::current_exe()?);
    worker.env("ACS_CONNECTION_STRING", emulator.connection_string());
    worker.env("RESUME_CALL_ID", call).env("RESUME_CALL_NOTE", note);
    Ok(tokio::task::spawn_blocking(move || worker.status()).await??)
}

fn alice() -> CommunicationUserIdentifier {
    CommunicationUserIdentifier::new("8:acs:contoso_alice")
}
