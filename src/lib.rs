//! Azure Communication Services (ACS) REST operations, declared as Rust traits.
//!
//! One attribute declares a trait as a REST operation:
//!
//! ```
//! use acs_rest::call_automation::{MuteParticipantsRequest, MuteParticipantsResult};
//! use acs_rest::{Client, CommunicationUserIdentifier, Result, UserToken, acs_operation};
//!
//! #[acs_operation(POST, "/calling/callConnections/<callConnectionId>/participants:mute", repeatable)]
//! pub trait MuteParticipants {
//!     async fn mute_participants(
//!         &self,
//!         call_connection_id: &str,
//!         request: &MuteParticipantsRequest,
//!     ) -> Result<MuteParticipantsResult>;
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! # let emulator = acs_rest_emulator::Emulator::start().await;
//! # let (endpoint, token) = (emulator.endpoint(), emulator.user_token());
//! let client = Client::new(endpoint, UserToken::new(token))?;
//! let user = CommunicationUserIdentifier::new("8:acs:resource_user");
//! let muted = client.mute_participants("a-call", &MuteParticipantsRequest::new([user])).await;
//! assert_eq!(muted.unwrap_err().status().unwrap(), 404); // there is no such call
//! # Ok(())
//! # }
//! ```
//!
//! * [`macro@acs_operation`] and [`macro@acs_operations`] declare operations; the page of
//!   [`macro@acs_operation`] documents the whole grammar. A mistake in a declaration produces one
//!   compile error, which points at the token.
//! * `call_automation` and `identity` contain the operations of these services, declared in the
//!   same way.
//! * `call_automation::events` and `event_grid` parse the events that the service sends to a
//!   webhook, and `webhook` authenticates the sender.
//! * [`Client`] calls operations, with a [`UserToken`], an [`AccessKey`] or another [`Credential`].
//!   It retries a failed call only if no harm can result, for example because the service
//!   recognises the repeated request by its [`Repeatability`] pair. [`Error::outcome`] reports
//!   whether the service executed the operation of a call that failed.
//! * [`transport`] contains the trait that connects a client to an HTTP library. Implement it to
//!   use another library, or to reply to requests in a test.
//!
//! # Testing code that calls operations
//!
//! Write the code against the trait, and implement the trait for a test double:
//!
//! ```
//! use acs_rest::call_automation::{MuteParticipantsRequest, MuteParticipantsResult};
//! use acs_rest::{CommunicationIdentifier, Result, acs_operation};
//!
//! #[acs_operation(POST, "/calling/callConnections/<callConnectionId>/participants:mute", repeatable)]
//! pub trait Mute {
//!     async fn mute(&self, call_connection_id: &str, request: &MuteParticipantsRequest)
//!         -> Result<MuteParticipantsResult>;
//! }
//!
//! async fn silence(calls: &impl Mute, call: &str, who: CommunicationIdentifier) -> Result<()> {
//!     calls.mute(call, &MuteParticipantsRequest::new([who])).await.map(drop)
//! }
//!
//! struct Quiet;
//!
//! impl Mute for Quiet {
//!     async fn mute(&self, _: &str, _: &MuteParticipantsRequest) -> Result<MuteParticipantsResult> {
//!         Ok(MuteParticipantsResult::default())
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! silence(&Quiet, "a-call", CommunicationIdentifier::from_raw_id("8:acs:r_u")).await
//! # }
//! ```
//!
//! A test double needs only the methods that the test calls; every other method returns an error
//! that names the method ([`ErrorKind::NotImplemented`]). mockall can generate the test double if
//! its attribute is below that of acs-rest:
//!
//! ```ignore (needs mockall; the tests of acs-rest run the same)
//! #[acs_operations]
//! #[mockall::automock]
//! pub trait Threads {
//!     #[acs_operation(GET, "/threads/<threadId>")]
//!     async fn topic(&self, thread_id: &str) -> Result<String>;
//! }
//!
//! let mut threads = MockThreads::new();
//! threads.expect_topic().returning(|_| Box::pin(ready(Ok("order".to_owned()))));
//! ```
//!
//! To test the requests themselves, create the client with
//! [`testing::StubTransport`](https://docs.rs/acs-rest) (feature `testing`), which replies from a
//! table.
//!
//! # Features
//!
//! * `call-automation` (default), `identity`: the modules of that name.
//! * `event-processor`: `event_processor`, which completes operations when their events arrive.
//! * `webhook`: `webhook::WebhookVerifier`, and with `event-processor` `webhook::Webhooks`.
//! * `audio-socket`: `media_streaming::AudioSocket`.
//! * `redis`: `webhook::RedisForwarder`, for several instances of a bot.
//! * `axum`: `axum`, the routes of a bot; enables `event-processor`, `webhook` and `audio-socket`.
//! * `testing`: `testing::StubTransport`, which replies from a table and records the requests.
//! * `reqwest` (default): the transport on reqwest and rustls.
//! * `http2` (default): HTTP/2 in the transport on reqwest, where the server offers it.
//! * `hyper`: the transport on hyper, h2 and rustls, which takes less than half the instructions.
//!   `ClientBuilder::hyper` selects it.
//! * `ring` (default), `aws-lc-rs`: the library for access keys, webhook tokens and TLS. With both,
//!   aws-lc-rs is used; the results are the same. With neither, creating an access key or a webhook
//!   verifier fails. TLS uses the default `CryptoProvider` of rustls if the application installs
//!   one, and otherwise this library.
//! * `entra`: `EntraCredential`, which takes any credential of the Azure SDK: an azure_core
//!   `TokenCredential`.

#![cfg_attr(docsrs, feature(doc_cfg))]

// The declarations of this crate expand to the same paths as those of its users.
extern crate self as acs_rest;

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "call-automation")]
pub mod call_automation;
#[cfg(any(feature = "call-automation", feature = "identity"))]
mod duration;
#[cfg(feature = "call-automation")]
mod event;
#[cfg(feature = "call-automation")]
pub mod event_grid;
#[cfg(feature = "event-processor")]
pub mod event_processor;
mod identifier;
#[cfg(feature = "identity")]
pub mod identity;
#[cfg(feature = "call-automation")]
pub mod media_streaming;
mod secret;
#[cfg(any(feature = "call-automation", feature = "identity"))]
mod timestamp;
#[cfg(feature = "webhook")]
pub mod webhook;

pub use acs_rest_macros::{acs_model, acs_operation, acs_operations};
#[doc(hidden)]
pub use acs_rest_runtime::__private;
#[cfg(feature = "entra")]
pub use acs_rest_runtime::EntraCredential;
#[cfg(feature = "testing")]
pub use acs_rest_runtime::testing;
pub use acs_rest_runtime::{
    AccessKey, AuthorizeFuture, ByteRange, ByteStream, CallOptions, Client, ClientBuilder, Cloud,
    Credential, CredentialVersion, Endpoint, Error, ErrorKind, Nullable, Outcome, Page, Pager,
    PagerContinuation, Pages, PathValue, Poller, PollerContinuation, PollerStatus, QueryValue,
    RandomSource, Repeatability, Response, Result, ServiceError, SystemRandomSource,
    SystemTimeSource, TimeSource, UnknownKind, UnknownValue, UserToken, bytes, http, transport,
};
#[cfg(feature = "call-automation")]
pub use event::{EventError, UnknownEvent};
pub use identifier::{
    CommunicationCloudEnvironment, CommunicationIdentifier, CommunicationUserIdentifier,
    MicrosoftTeamsAppIdentifier, MicrosoftTeamsUserIdentifier, PhoneNumberIdentifier,
    TeamsExtensionUserIdentifier, UnknownIdentifier,
};
pub use secret::Secret;
pub use time;

/// Runs the examples of the README as documentation tests.
#[cfg(all(doctest, feature = "event-processor"))]
#[doc = include_str!("../README.md")]
struct Readme;
