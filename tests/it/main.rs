//! What acs-rest does, seen from outside: one binary, a module per concern.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]
#![expect(clippy::print_stderr, reason = "figures, shown when a test fails or with --nocapture")]

mod alone;
mod body;
mod budget;
mod cancel;
mod configuration;
mod conformance;
mod connection;
mod credential;
mod deadline;
mod end_to_end;
mod error_body;
mod events;
mod fault_server;
mod kinds;
mod memory;
mod memory_transport;
mod network;
mod operations;
mod outcome;
mod pager;
mod random_faults;
mod recorder;
mod recording_files;
mod redirect;
mod renewal;
mod retry;
mod secrets;
mod signature;
mod stream;
mod target;
mod telemetry;
mod ui;
mod walk;
#[cfg(feature = "webhook")]
mod webhook;
#[cfg(feature = "webhook")]
mod webhook_keys;
mod wire;
mod wire_catalogue;
mod wish;
