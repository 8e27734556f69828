//! An emulator of Azure Communication Services on loopback, for tests and examples.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! use acs_rest_emulator::Emulator;
//!
//! let emulator = Emulator::start().await;
//! // Pass one of these to any client, including Microsoft's SDKs.
//! println!("{}", emulator.connection_string());
//! println!("{} {}", emulator.endpoint(), emulator.user_token());
//! # }
//! ```
//!
//! `cargo run -p acs-rest-emulator` runs the emulator as a program, which prints the lines to paste
//! into a bot for each language.
//!
//! The emulator serves HTTP/1.1 on 127.0.0.1, and https on the same port if requested (feature
//! `tls`). It keeps its state in memory. It shares no code with acs-rest, and routes and validates
//! requests by the specification: a wrong declaration therefore fails as it would at the service.
//!
//! # Features
//! - `cli`, the default: the program `acs-rest-emulator`.
//! - `tls`: https, for clients and for callbacks.
//! - `media-streaming`: the WebSockets of media streaming and transcription; without it, they fail
//!   as if the bot were unreachable.
//!
//! To embed the emulator in a test, disable the default feature with `default-features = false`.
//!
//! # What it does
//! - **Call Automation**: all operations of the versions 2023-10-15 to 2026-03-12. A call is
//!   `connecting` until a target answers, which is immediately by default;
//!   [`EmulatorBuilder::pace`] adds delays. Timeouts in requests use the [`Clock`].
//! - **Events**: the events of a call are sent to its callback URI with a signed token, in order,
//!   and again after a failure. Incoming calls and finished recordings are sent to the subscribers
//!   of Event Grid, after its handshake. [`Emulator::events`] lists the events. The signing key is
//!   derived from the access key if one is set, and published at `/calling/keys`.
//! - **People**: callees answer, are busy, decline, press keys or speak as a script
//!   ([`Emulator::person`], [`EmulatorBuilder::people`]) or the control API determines.
//! - **Audio and transcripts**: for media streaming or transcription, the emulator opens the bot's
//!   WebSocket, sends a frame of the people's audio ([`Person::plays_wav`]) every 20 ms of the
//!   [`Clock`], or a transcript of their speech, and receives the bot's audio
//!   ([`Emulator::call_audio`]).
//! - **Recordings** produce silent files, which support `GET` with ranges, and `DELETE`.
//! - **Control API** under `/_emulator`, without a key: `incomingCalls`, `calls`,
//!   `calls/{serverCallId}/audio`,
//!   `calls/{serverCallId}/participants/{rawId}:press` (also `accept`, `decline`, `hangUp`, `speak`,
//!   `mute`, `unmute`), `people`, `requests`, `events`, `assertions`, `faults`, `clock`, `reset`,
//!   `eventGrid/subscriptions`.
//! - **Identity** 2022-10-01 to 2025-06-30: creating and deleting users, and issuing and revoking
//!   their tokens. These operations require the access key; a user's token is refused with 403.
//!   Assignments of Teams Phone extensibility are stored. Tokens of Microsoft Entra ID are
//!   exchanged for tokens of their users, based on their claims and expiry; their signatures are
//!   not verified.
//! - **Authentication** by an access key (each signature is recomputed) or by a token that the
//!   emulator issued. Microsoft Entra tokens are accepted for the exchange only. The scopes of a
//!   token are not checked.
//! - **Repeatable requests**: an id is remembered for 5 minutes; its request is executed once, and
//!   the response is replayed.
//! - **Prompts**: the files of `Play` and `Recognize` are downloaded from loopback and from each
//!   [`EmulatorBuilder::prompt_host`], and are part of the audio of the call
//!   ([`Emulator::call_audio`]), if they are WAV files with 16 bits and one or two channels, and
//!   at most 8 MiB long in one prompt. The file of a prompt that may be interrupted ends with the
//!   first key or word, and every file with the cancellation of the media operations.
//!
//! # What it does not do
//! - It does not synthesize speech: a `text` or `ssml` source is silent. `Play` succeeds nevertheless
//!   if the call names a `cognitiveServicesEndpoint`.
//! - A prompt takes 500 ms at a pace of 1, regardless of the length of its files. A file that
//!   cannot be downloaded or read is silent and is reported in the log, but does not fail the
//!   operation; use the control API (`faults`) to make an operation fail.
//! - Audio that a bot plays to one participant is part of the audio of the whole call.
//!
//! # What is assumed
//! Microsoft does not document how old `x-ms-date` may be (15 minutes here), how long a page of
//! participants is, the codes of most errors, or the effect of adding a participant twice (none
//! here). The emulator also assumes the following:
//! - A call has one recording at a time. Starting a second recording, pausing a paused recording
//!   and resuming an active one are refused with 409. A recording ends with its call, and is not
//!   found afterwards.
//! - A group call or a room exists, without participants, as soon as a locator names it.
//! - After a hang-up, a call with two other participants continues, and can be joined again with
//!   its `serverCallId`.
//! - A transfer removes the transferee from the call, which ends when no other participant is left.
//! - The cancellation of an invitation is always accepted; an event reports whether it was in time.
//! - An `incomingCallContext` is not found after it was used, or after 30 seconds.
//! - Starting an active stream does not open a second WebSocket, and is reported as started.
//!   Stopping a stream closes its WebSocket.
//! - A callback without a response within 10 seconds, or with 408, 429 or a 5xx, is retried after
//!   1, 2 and 4 seconds at a pace of 1.

#![forbid(unsafe_code)]

mod access_key;
mod activity;
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
mod http_client;
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
mod response;
mod route;
mod schema;
mod seeds;
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
