//! The figures over TLS, for HTTP/1.1 and HTTP/2, as a table of their own.

use std::fmt::Write;

use anyhow::Result;

use super::tools::{Job, is_usable};
use crate::contenders::Name;
use crate::server::TlsServer;
use crate::unit::Variant;

const NAMES: [Name; 4] =
    [Name::OursOnReqwest, Name::ReqwestExpert, Name::OursOnHyper, Name::HyperByHand];
const PROTOCOLS: [&str; 2] = ["http/1.1", "h2"];
const FEW: usize = 20;
const MORE: usize = 100;
const IN_FLIGHT: usize = 1_000;
const MANY: usize = 10_000;
const ROUNDS: usize = 21;

/// A line of the table: a title, and a figure of a contender.
#[derive(Clone, Copy)]
struct Line(&'static str, fn(Job<'_>) -> Result<f64>);

const ANSWERED: [Line; 3] = [
    Line("instructions a call", |job| {
        let job = Job { job: "call", ..job };
        Ok((job.instructions(FEW + MORE)? - job.instructions(FEW)?) / MORE as f64)
    }),
    Line("allocations a call", |job| {
        Ok(Job { job: "call", ..job }.values(MORE)?.value("allocations")? / MORE as f64)
    }),
    Line("a new client and its first call, ms (median of 21)", |job| {
        let job = Job { job: "cold", ..job };
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            times.push(job.values(1)?.value("nanoseconds")? / 1e6);
        }
        times.sort_by(f64::total_cmp);
        Ok(times[ROUNDS / 2])
    }),
];

const HELD: [Line; 2] = [
    Line("bytes held by a call in flight, 1,000 at once", |job| {
        let job = Job { job: "flight", ..job };
        Ok(job.values(IN_FLIGHT)?.value("bytes")? / IN_FLIGHT as f64)
    }),
    Line("… connections", |job| {
        Job { job: "flight", ..job }.values(IN_FLIGHT)?.value("connections")
    }),
];

const CROWDED: [Line; 3] = [
    Line("10,000 calls at once: seconds", |job| {
        Ok(Job { job: "many", ..job }.values(MANY)?.value("nanoseconds")? / 1e9)
    }),
    Line("… failed", |job| Job { job: "many", ..job }.values(MANY)?.value("failed")),
    Line("… growth of the process, MB", |job| {
        Ok(Job { job: "many", ..job }.values(MANY)?.value("growth")? / 1e6)
    }),
];

/// Measures everything, and prints a Markdown table.
pub(crate) fn over_tls() -> Result<String> {
    let mut table = String::from("| over TLS | protocol |");
    for name in NAMES {
        write!(table, " {} |", name.title())?;
    }
    table.push_str("\n|---|---|--:|--:|--:|--:|\n");
    let mut answered = ANSWERED.to_vec();
    if let Err(note) = is_usable("valgrind", "instructions are") {
        eprintln!("{note}");
        answered.remove(0);
    }
    for protocol in PROTOCOLS {
        lines(&mut table, protocol, "answer", &answered)?;
        lines(&mut table, protocol, "hold", &HELD)?;
    }
    lines(&mut table, "h2", "answer", &CROWDED)?;
    Ok(table)
}

fn lines(table: &mut String, protocol: &str, mode: &str, measures: &[Line]) -> Result<()> {
    for Line(title, measure) in measures {
        eprintln!("{title}, {protocol}");
        write!(table, "| {title} | {protocol} |")?;
        for name in NAMES {
            // A server that held calls before counts from there.
            let server = TlsServer::start(protocol, mode)?;
            let (variant, endpoint) = (Variant::Bearer, server.endpoint());
            let value = measure(Job { job: "", name, variant, endpoint, tls: Some(&server) });
            match value {
                Ok(value) if value < 1_000.0 => write!(table, " {value:.1} |")?,
                Ok(value) => write!(table, " {value:.0} |")?,
                Err(error) => {
                    eprintln!("{}: {error:#}", name.argument());
                    write!(table, " – |")?;
                }
            }
        }
        table.push('\n');
    }
    Ok(())
}
