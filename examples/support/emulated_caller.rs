//! Somebody who calls a bot on the emulator.

#![allow(dead_code, reason = "each example needs a part of it")]
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::time::Duration;

use acs_rest_emulator::Emulator;

const CALLER: &str = "4:+14255550123";

/// Calls until the bot is notified: Event Grid first shakes hands with it.
pub(crate) async fn ring(emulator: &Emulator) {
    emulator.person(CALLER).plays_tone(300);
    while !has(emulator, "IncomingCall") {
        emulator.incoming_call(CALLER);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Says nothing when the bot first asks, and presses a key when it asks again.
pub(crate) async fn hesitate_and_press(emulator: &Emulator, key: &str) {
    while !has(emulator, "RecognizeCompleted") && !has(emulator, "CallDisconnected") {
        match questions(emulator) {
            0 => {}
            1 if has(emulator, "RecognizeFailed") => {}
            1 => emulator.clock().advance(Duration::from_secs(1)),
            _ => drop(emulator.person(CALLER).press(key)),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Listens to the bot for that long, once there is sound, and returns the id of the call.
pub(crate) async fn listen(emulator: &Emulator, time: Duration) -> String {
    let calls = || emulator.events().into_iter().find(|it| it.kind() == "MediaStreamingStarted");
    let started = loop {
        match calls() {
            Some(started) => break started,
            None => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    };
    tokio::time::sleep(time).await;
    let event: serde_json::Value = serde_json::from_str(started.body()).unwrap_or_default();
    let call = event[0]["data"]["callConnectionId"].as_str().unwrap_or_default();
    let sound = emulator.call_audio(call).unwrap_or_default();
    println!("the caller heard {} samples that are not silent", loud(&sound));
    call.to_owned()
}

/// The samples on the right, which is the side of the bot, that can be heard.
fn loud(wav: &[u8]) -> usize {
    let samples = wav.get(44..).unwrap_or_default().chunks_exact(4);
    samples.filter(|it| i16::from_le_bytes([it[2], it[3]]).unsigned_abs() > 100).count()
}

fn has(emulator: &Emulator, event: &str) -> bool {
    emulator.events().iter().any(|attempt| attempt.kind() == event)
}

fn questions(emulator: &Emulator) -> usize {
    emulator.requests().iter().filter(|request| request.target().contains(":recognize")).count()
}
