//! The cost of one call, compared with hand-written code.
//!
//! `unit` defines the work, `contenders` the implementations, `server` is called by them, `measure`
//! takes the figures, each in a process of its own, and `table` prints them beside their targets.
//!
//! ```text
//! acs-rest-benches                               everything, as a Markdown table
//! acs-rest-benches tls                           the figures over TLS, for both protocols
//! acs-rest-benches serve check|answer|hold       the server, until its input ends
//! acs-rest-benches serve-tls PROTOCOL MODE       the same behind TLS
//! acs-rest-benches JOB CONTENDER VARIANT COUNT   one figure's raw values; see `measure::jobs`
//! ```

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program to run by hand")]

mod contenders;
mod measure;
mod server;
mod table;
mod unit;

use std::alloc::System;
use std::process::ExitCode;

use anyhow::anyhow;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

/// Counts what every contender allocates; it costs each the same few instructions an allocation.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> ExitCode {
    // The same cryptography for all, although they bring two libraries.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        [] => measure::all().map(|figures| print!("{}", table::markdown(&figures))),
        ["tls"] => measure::over_tls().map(|table| print!("{table}")),
        ["serve", mode] => server::serve(mode),
        ["serve-tls", protocol, mode] => server::serve_tls(protocol, mode),
        [job, contender, variant, count] => measure::run_job(job, contender, variant, count),
        _ => Err(anyhow!("no such command; without arguments, everything is measured")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
