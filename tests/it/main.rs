//! The behaviour of acs-rest, tested through its public API: one binary, one module per concern.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]
#![expect(clippy::print_stderr, reason = "figures, shown when a test fails or with --nocapture")]

#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod addresses;
mod answers;
mod api_versions;
mod body;
mod body_types;
#[cfg(feature = "axum")]
mod bot;
#[cfg(feature = "axum")]
mod bot_storm;
mod budget;
mod cancel;
mod configuration;
mod conformance;
mod connection;
mod credential;
mod deadline;
mod doubles;
#[cfg(feature = "media-streaming")]
mod emulator_events;
mod end_to_end;
mod error_body;
mod event_grid;
#[cfg(feature = "event-processor")]
mod event_processor;
mod events;
mod fault_server;
#[cfg(any(feature = "hyper", feature = "http2"))]
mod http2;
#[cfg(any(feature = "hyper", feature = "http2"))]
mod http2_limits;
#[cfg(any(feature = "hyper", feature = "http2"))]
mod http2_schedules;
#[cfg(any(feature = "hyper", feature = "http2"))]
mod http2_server;
mod identifiers;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod idle;
mod media_streaming;
mod memory_transport;
mod memory_usage;
mod mockall;
mod models;
mod network;
mod operations;
mod outcome;
mod pager;
mod poller;
mod poller_schedules;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod proxy;
mod random_faults;
mod recorder;
mod recording_files;
mod redaction;
mod redirect;
mod renewal;
mod repeatability_forms;
mod repeatability_window;
#[cfg(feature = "redis")]
mod replicas;
mod request_target;
mod retry;
mod retry_after;
mod scenarios;
mod secrets;
mod signature;
mod stream;
mod subprocess;
mod success_status;
mod telemetry;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod tls;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod tls_server;
mod unions;
mod url;
mod values;
#[cfg(feature = "webhook")]
mod webhook;
#[cfg(feature = "webhook")]
mod webhook_keys;
#[cfg(all(feature = "webhook", feature = "event-processor"))]
mod webhooks;
mod wire;
mod wire_catalogue;
