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
//! By hand: `cargo run -p acs-rest-emulator -- --port 4280`.
//!
//! It speaks HTTP/1.1 on 127.0.0.1, keeps its state in memory, and shares no code with acs-rest:
//! it routes and checks by the specification, so that a wrong declaration fails here as it would
//! fail at the service.
//!
//! # What it does
//! - **Call Automation 2024-09-15**: create, read, hang up and terminate a call; list, read, add,
//!   remove and mute participants. A call connects at once, and whoever is called joins at once.
//!   Any other operation of the specification is answered with 501, anything else with 404.
//! - **Identity 2023-10-01**: create and delete users, issue and revoke their tokens, with the
//!   access key only: a user's token gets 403.
//! - **Authentication** by an access key (each signature is recomputed) or by a token issued here.
//!   A Microsoft Entra token is not one of these. Scopes of a token are not looked at.
//! - **Repeatable requests**: an id is remembered for 5 minutes, its request carried out once, and
//!   the answer replayed.
//!
//! # What is assumed
//! The service does not say how old `x-ms-date` may be (15 minutes here), how long a page of
//! participants is, which codes most errors bear, or what adding someone twice comes to (nothing).

#![forbid(unsafe_code)]

mod access_key;
mod answer;
mod auth;
mod builder;
mod clock;
mod emulator;
mod error;
mod facts;
mod gate;
mod identifier;
mod jwt;
mod ledger;
mod recorded;
mod repeatability;
mod request;
mod resource;
mod route;
mod schema;
mod server;
mod service;
mod state;
#[cfg(test)]
mod testing;

pub use crate::builder::EmulatorBuilder;
pub use crate::clock::Clock;
pub use crate::emulator::Emulator;
pub use crate::gate::Hold;
pub use crate::recorded::RecordedRequest;
