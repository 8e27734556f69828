//! The cost of reading and writing a frame of audio, compared with serde_json and base64.
//!
//! Without arguments it prints a table; with a job and a count it is the child that is measured.

#![expect(clippy::print_stdout, reason = "this program prints its figures")]

mod contenders;

use std::hint::black_box;
use std::process::Command;

use anyhow::{Context, Result, bail};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use self::contenders::{Job, frame, pcm};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

/// Instructions and allocations are the difference of this many frames and [`MORE`] more.
const FEW: usize = 20;
const MORE: usize = 1_000;

/// How much of serde_json's and base64's instructions a frame may cost.
const TARGET: f64 = 0.6;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => table(),
        [job, count] => {
            let job = Job::named(job).context("no such job")?;
            println!("allocations {}", run(job, count.parse()?));
            Ok(())
        }
        _ => bail!("give no arguments, or a job and a count"),
    }
}

fn table() -> Result<()> {
    println!("| frame of 640 bytes | instructions | to serde_json and base64 | allocations |");
    println!("| --- | ---: | ---: | ---: |");
    for (ours, theirs) in [(Job::ReadOurs, Job::ReadSerde), (Job::WriteOurs, Job::WriteSerde)] {
        let reference = instructions(theirs)?;
        for job in [ours, theirs] {
            let instructions = instructions(job)?;
            let ratio = instructions / reference;
            let met = if job == ours && ratio <= TARGET { " (≤ 0.6: met)" } else { "" };
            let allocations = allocations(job, FEW + MORE)? - allocations(job, FEW)?;
            let allocations = allocations / MORE as f64;
            println!("| {} | {instructions:.0} | {ratio:.2}{met} | {allocations:.1} |", job.name());
        }
    }
    Ok(())
}

/// Does the job so many times, and returns the number of allocations.
fn run(job: Job, count: usize) -> usize {
    let (frame, pcm) = (frame(), pcm());
    let (mut audio, mut text) = (vec![0; 2048], String::new());
    let before = INSTRUMENTED_SYSTEM.stats();
    for _ in 0..count {
        let length = match job {
            Job::ReadOurs => contenders::read_ours(black_box(&frame), &mut audio),
            Job::ReadSerde => contenders::read_serde(black_box(&frame)),
            Job::WriteOurs => contenders::write_ours(black_box(&pcm), &mut text),
            Job::WriteSerde => contenders::write_serde(black_box(&pcm)),
        };
        assert_eq!(black_box(length), job.expected_length());
    }
    let change = INSTRUMENTED_SYSTEM.stats() - before;
    change.allocations + change.reallocations
}

fn allocations(job: Job, count: usize) -> Result<f64> {
    let output =
        Command::new(std::env::current_exe()?).args([job.name(), &count.to_string()]).output()?;
    let text = String::from_utf8(output.stdout)?;
    let count = text.trim().strip_prefix("allocations ").context("the child printed no figure")?;
    Ok(count.parse()?)
}

/// Instructions of one frame, in user space.
fn instructions(job: Job) -> Result<f64> {
    Ok((collected(job, FEW + MORE)? - collected(job, FEW)?) / MORE as f64)
}

fn collected(job: Job, count: usize) -> Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args([job.name(), &count.to_string()])
        .output()
        .context("valgrind cannot be started; install it from your distribution")?;
    let text = String::from_utf8_lossy(&output.stderr);
    let collected = text.lines().find_map(|line| line.split_once("Collected : "));
    let (_, count) =
        collected.context("valgrind did not report how many instructions there were")?;
    Ok(count.trim().parse()?)
}
