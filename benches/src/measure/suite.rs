//! The parent process: runs the jobs and evaluates their differences.

use super::figures::{Figure, Figures};
use super::throughput;
use super::tools::{Job, is_usable};
use crate::contenders::Name;
use crate::server::Server;
use crate::unit::Variant;
use anyhow::Result;

/// Instructions are the difference of this many calls and [`MORE`] more; so are system calls.
const FEW: usize = 20;
const MORE: usize = 100;
/// Calls held at once: one connection each, under the usual limit of 1,024 open files.
const IN_FLIGHT: usize = 1_000;

/// Measures everything; progress goes to standard error.
pub(crate) fn all() -> Result<Figures> {
    let mut figures = Figures::default();
    check()?;
    let server = Server::start("answer")?;
    let tools = Tools::found(&mut figures);
    for name in Name::ALL {
        eprintln!("measuring {}", name.argument());
        tools.measure(name, server.endpoint(), &mut figures)?;
        second_client(name, server.endpoint(), &mut figures, tools.has_valgrind)?;
        if name.has_network() {
            let server = Server::start("hold")?;
            let job = job("flight", name, Variant::Bearer, server.endpoint());
            let bytes = job.values(IN_FLIGHT)?.value("bytes")?;
            figures.set(name, Figure::BytesInFlight, bytes / IN_FLIGHT as f64);
        }
    }
    for (job, figure) in [
        ("throughput-1", Figure::ThroughputOneThread),
        ("throughput-2", Figure::ThroughputTwoThreads),
    ] {
        eprintln!("measuring {job}");
        throughput::measure(job, figure, server.endpoint(), &mut figures)?;
    }
    Ok(figures)
}

/// Every contender must do the same work before any is measured.
fn check() -> Result<()> {
    eprintln!("checking what each contender sends");
    let server = Server::start("check")?;
    for name in Name::ALL {
        for variant in [Variant::Bearer, Variant::AccessKey] {
            job("call", name, variant, server.endpoint()).values(1)?;
        }
    }
    Ok(())
}

fn job<'a>(job: &'a str, name: Name, variant: Variant, endpoint: &'a str) -> Job<'a> {
    Job { job, name, variant, endpoint, tls: None }
}

/// The tools that are available on this machine.
struct Tools {
    has_valgrind: bool,
    has_strace: bool,
}

impl Tools {
    fn found(figures: &mut Figures) -> Self {
        let mut has = |tool, missing| {
            let usable = is_usable(tool, missing);
            usable.map_err(|note| figures.notes.push(note)).is_ok()
        };
        Self {
            has_valgrind: has("valgrind", "instructions are"),
            has_strace: has("strace", "system calls are"),
        }
    }

    /// Calls one after the other.
    fn measure(&self, name: Name, endpoint: &str, figures: &mut Figures) -> Result<()> {
        for (variant, instructions, allocations) in [
            (Variant::Bearer, Figure::Instructions, Figure::Allocations),
            (Variant::AccessKey, Figure::InstructionsWithKey, Figure::AllocationsWithKey),
        ] {
            let job = job("call", name, variant, endpoint);
            let values = job.values(MORE)?;
            figures.set(name, allocations, values.value("allocations")? / MORE as f64);
            if variant == Variant::Bearer {
                figures.set(name, Figure::Bytes, values.value("bytes")? / MORE as f64);
                figures.set(name, Figure::Future, values.value("future")?);
            }
            if self.has_valgrind {
                let more = job.instructions(FEW + MORE)? - job.instructions(FEW)?;
                figures.set(name, instructions, more / MORE as f64);
            }
        }
        if self.has_strace && name.has_network() {
            let job = job("call", name, Variant::Bearer, endpoint);
            let more = job.syscalls(FEW + MORE)? - job.syscalls(FEW)?;
            figures.set(name, Figure::Syscalls, more / MORE as f64);
        }
        Ok(())
    }
}

/// The cost of one more client.
fn second_client(
    name: Name,
    endpoint: &str,
    figures: &mut Figures,
    has_valgrind: bool,
) -> Result<()> {
    let job = job("clients", name, Variant::Bearer, endpoint);
    figures.set(name, Figure::SecondClientBytes, job.values(2)?.value("bytes")?);
    if has_valgrind {
        let more = job.instructions(2)? - job.instructions(1)?;
        figures.set(name, Figure::SecondClientInstructions, more);
    }
    Ok(())
}
