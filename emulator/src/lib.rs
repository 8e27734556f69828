//! Azure Communication Services on loopback, for tests and examples.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! use acs_rest_emulator::Emulator;
//!
//! let emulator = Emulator::start().await;
//! // Give one of these to any client, Microsoft's own among them.
//! println!("{}", emulator.connection_string());
//! println!("{} {}", emulator.endpoint(), emulator.user_token());
//! # }
//! ```
//!
//! By hand: `cargo run -p acs-rest-emulator`, which prints the lines to paste into a bot, language by
//! language.
//!
//! It speaks HTTP/1.1 on 127.0.0.1, and https on the same port when it is
//! asked to (feature `tls`). It keeps its state in memory, and shares no code with
//! acs-rest: it routes and checks by the specification, so that a wrong declaration fails here as it
//! would fail at the service.
//!
//! # Features
//! - `cli`, the default: the program `acs-rest-emulator`.
//! - `tls`: https. A test that embeds the emulator turns both off by `default-features = false`.
//!
//! # What it does
//! - **Call Automation** 2023-10-15 to 2026-03-12, all operations but the later ones: streams of audio and
//!   words, and moving participants. A call connects at once, and whoever is
//!   called joins at once. A call comes in by [`Emulator::incoming_call`], and so never at the
//!   program that is run by hand. A hold and a mute are seen in the participants, a pause in the
//!   recording.
//! - **Identity** 2022-10-01 to 2025-06-30: create and delete users, issue and revoke their tokens, with the
//!   access key only: a user's token gets 403. Assignments of Teams phone extensibility are kept. Tokens of
//!   Microsoft Entra ID are exchanged for those of their users, but not verified: their claims and
//!   their expiry decide.
//! - **Authentication** by an access key (each signature is recomputed) or by a token issued here.
//!   A Microsoft Entra token is not one of these. Scopes of a token are not looked at.
//! - **Repeatable requests**: an id is remembered for 5 minutes, its request carried out once, and
//!   the answer replayed.
//!
//! # What it does not do
//! It sends no events, neither to a callback nor by Event Grid. Nothing is heard: what is played,
//! recognised or dialled is checked and counted in [`Emulator::executions`], and no more. A recording
//! is a state without a file.
//!
//! # What is assumed
//! The service does not say how old `x-ms-date` may be (15 minutes here), how long a page of
//! participants is, which codes most errors bear, or what adding someone twice comes to (nothing).
//! Nor does it say the following:
//! - A call has one recording at a time; a second one gets 409, and so does pausing what is paused
//!   or resuming what is not. A recording ends with its call, and is not found from then on.
//! - A group call or a room is there as soon as a locator names it, with nobody in it.
//! - Hanging up leaves a call that two others are in; it can be joined again by its `serverCallId`.
//! - A transfer takes the transferee out of the call, which ends when nobody else is left.
//! - Cancelling an invitation is accepted, and too late: whoever was invited has joined.
//! - An `incomingCallContext` is not found once somebody has decided about its call.

#![forbid(unsafe_code)]

mod access_key;
mod answer;
mod auth;
mod clock;
mod driver;
mod emulator;
mod entra_token;
mod error;
mod execution_gate;
mod idempotency_cache;
mod identifier;
mod identities;
mod journal;
mod journal_entry;
mod jwt;
mod log;
mod network;
mod page;
mod recorded;
mod repeatability;
mod request;
mod resource;
mod route;
mod schema;
mod server;
mod service;
mod settings;
mod spec;
mod state;
mod teams_extension;
#[cfg(test)]
mod testing;
#[cfg_attr(not(feature = "tls"), path = "tls/disabled.rs")]
mod tls;
mod url;

pub use crate::clock::Clock;
pub use crate::emulator::{Emulator, EmulatorBuilder};
pub use crate::execution_gate::PauseGuard;
pub use crate::recorded::RecordedRequest;
