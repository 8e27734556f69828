//! The emulator over real HTTP, from a client that is nothing but a socket.

#![expect(clippy::unwrap_used, reason = "a helper that unwraps a surprise fails its test")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

mod bot;
#[cfg(feature = "media-streaming")]
mod bot_socket;
mod browser;
mod client;
mod control;
mod events;
#[cfg(feature = "tls")]
mod https;
mod lifecycle;
#[cfg(all(feature = "media-streaming", feature = "tls"))]
mod media_over_tls;
#[cfg(feature = "media-streaming")]
mod media_streaming;
#[cfg(feature = "media-streaming")]
mod media_test;
mod operations;
mod page;
#[cfg(feature = "cli")]
mod program;
#[cfg(feature = "media-streaming")]
mod prompts;
mod repeatability;
mod seeds;
mod wire;
