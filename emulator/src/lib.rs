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
//! - `tls`: https, for clients and for callbacks.
//! - `media-streaming`: the WebSockets of media streaming and transcription; without it, they fail as
//!   if the bot could not be reached.
//!
//! A test that embeds the emulator turns them off by `default-features = false`.
//!
//! # What it does
//! - **Call Automation** 2023-10-15 to 2026-03-12, all operations. A call is `connecting` until
//!   somebody answers; [`EmulatorBuilder::pace`] says how long that takes, and by default it takes no
//!   time. A timeout that a request states runs by the [`Clock`].
//! - **Events**: each mid-call event goes to its callback URI with a signed token, in order, and
//!   again after a failure; calls that come in and recordings that are ready go to the subscribers
//!   of Event Grid, after its handshake. [`Emulator::events`] lists them. The key that signs is
//!   made anew by each process and published at `/calling/keys`.
//! - **People**: who is called answers, is busy, declines, presses keys or says something by a
//!   script ([`Emulator::person`], [`EmulatorBuilder::people`]) or by the control API.
//! - **Audio and words**: with media streaming or transcription it dials the bot's WebSocket, sends a
//!   frame every 20 ms of the [`Clock`] with what people sound as ([`Person::sounds_as_wav`]), or
//!   what they say, and takes the bot's audio ([`Emulator::heard`]).
//! - **Recordings** leave files, in which nothing is heard: `GET` with ranges, and `DELETE`.
//! - **Control API** under `/_emulator`, without a key: `incomingCalls`, `calls`,
//!   `calls/{serverCallId}/audio`,
//!   `calls/{serverCallId}/participants/{rawId}:press` (also `accept`, `decline`, `hangUp`, `speak`,
//!   `mute`, `unmute`), `people`, `requests`, `events`, `assertions`, `faults`, `clock`, `reset`,
//!   `eventGrid/subscriptions`.
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
//! Files that a bot plays are not fetched, and nothing that it lets read out is in the audio of a call.
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
//! - Cancelling an invitation is always accepted; an event says whether it was in time.
//! - An `incomingCallContext` is not found once somebody has decided about its call, or after 30
//!   seconds.
//! - Starting a stream that is active opens no second WebSocket, and is reported as started. A stream
//!   that is stopped has its WebSocket closed.
//! - A callback that gets no answer within 10 seconds, or 408, 429 or a 5xx, is tried again after 1,
//!   2 and 4 seconds at a pace of 1.

#![forbid(unsafe_code)]

mod access_key;
mod activity;
mod answer;
mod auth;
mod body;
mod callback_token;
mod clock;
mod connector;
mod control;
mod delivery;
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
mod media;
mod network;
mod page;
mod person;
mod recorded;
mod recording_files;
mod repeatability;
mod request;
mod request_faults;
mod resource;
mod route;
mod schema;
mod server;
mod service;
mod settings;
mod signing_key;
mod spec;
mod state;
mod teams_extension;
#[cfg(test)]
mod testing;
#[cfg_attr(not(feature = "tls"), path = "tls/disabled.rs")]
mod tls;
mod url;
mod wav;

pub use crate::activity::DeliveryAttempt;
pub use crate::clock::Clock;
pub use crate::emulator::{Emulator, EmulatorBuilder};
pub use crate::execution_gate::PauseGuard;
pub use crate::person::Person;
pub use crate::recorded::RecordedRequest;
