//! The emulator over real HTTP, from a client that is nothing but a socket.

#![expect(clippy::unwrap_used, reason = "a helper that unwraps a surprise fails its test")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

mod bot;
mod browser;
mod client;
#[cfg(feature = "tls")]
mod https;
mod lifecycle;
#[cfg(feature = "media-streaming")]
mod media_streaming;
mod operations;
mod page;
#[cfg(feature = "cli")]
mod program;
mod repeatability;
mod seeds;
mod wire;
