//! Prints the figures as a Markdown table, ours beside their targets.

use std::fmt::Write;

use crate::contenders::Name;
use crate::measure::{Figure, Figures};

/// One line of the table.
struct Row {
    title: &'static str,
    /// The figure of a contender, if there is one.
    value: fn(&Figures, Name) -> Option<f64>,
    decimals: usize,
    /// What ours must reach.
    targets: &'static [(Name, Target)],
}

#[derive(Clone, Copy)]
enum Target {
    AtMost(f64),
    AtLeast(f64),
    /// At most so much more than hyper-util by hand, in the same line.
    BeyondHyper(f64),
}

use Name::{HyperByHand, OursInMemory, OursOnHyper, OursOnReqwest, ReqwestPlain};
use Target::{AtLeast, AtMost, BeyondHyper};

const ROWS: [Row; 14] = [
    Row {
        title: "instructions a call",
        value: |figures, name| figures.value(name, Figure::Instructions),
        decimals: 0,
        targets: &[
            (OursOnReqwest, AtMost(95_000.0)),
            (OursOnHyper, AtMost(52_000.0)),
            (OursInMemory, AtMost(16_000.0)),
        ],
    },
    Row {
        title: "… to reqwest as a user writes it",
        value: |figures, name| ratio(figures, name, ReqwestPlain),
        decimals: 2,
        targets: &[(OursOnReqwest, AtMost(0.91))],
    },
    Row {
        title: "… to hyper-util by hand",
        value: |figures, name| ratio(figures, name, HyperByHand),
        decimals: 2,
        targets: &[(OursOnHyper, AtMost(1.25))],
    },
    Row {
        title: "… of an access key beyond a token",
        value: |figures, name| {
            let with_key = figures.value(name, Figure::InstructionsWithKey)?;
            Some(with_key - figures.value(name, Figure::Instructions)?)
        },
        decimals: 0,
        targets: &[(OursOnReqwest, AtMost(36_000.0)), (OursOnHyper, AtMost(36_000.0))],
    },
    Row {
        title: "allocations a call",
        value: |figures, name| figures.value(name, Figure::Allocations),
        decimals: 1,
        targets: &[
            (OursOnReqwest, AtMost(66.0)),
            (OursOnHyper, AtMost(32.0)),
            (OursInMemory, AtMost(16.0)),
        ],
    },
    Row {
        title: "… of an access key beyond a token",
        value: |figures, name| {
            let with_key = figures.value(name, Figure::AllocationsWithKey)?;
            Some(with_key - figures.value(name, Figure::Allocations)?)
        },
        decimals: 1,
        targets: &[(OursOnReqwest, AtMost(2.0)), (OursOnHyper, AtMost(2.0))],
    },
    Row {
        title: "bytes allocated a call",
        value: |figures, name| figures.value(name, Figure::Bytes),
        decimals: 0,
        targets: &[(OursOnReqwest, AtMost(23_000.0))],
    },
    Row {
        title: "system calls a call",
        value: |figures, name| figures.value(name, Figure::Syscalls),
        decimals: 1,
        targets: &[(OursOnReqwest, AtMost(4.0)), (OursOnHyper, AtMost(4.0))],
    },
    Row {
        title: "throughput, 64 at once on one thread, to reqwest as a user writes it",
        value: |figures, name| figures.value(name, Figure::ThroughputOneThread),
        decimals: 2,
        targets: &[(OursOnReqwest, AtLeast(1.0)), (OursOnHyper, AtLeast(1.0))],
    },
    Row {
        title: "… on two threads",
        value: |figures, name| figures.value(name, Figure::ThroughputTwoThreads),
        decimals: 2,
        targets: &[(OursOnReqwest, AtLeast(1.0)), (OursOnHyper, AtLeast(1.0))],
    },
    Row {
        title: "a second client, bytes",
        value: |figures, name| figures.value(name, Figure::SecondClientBytes),
        decimals: 0,
        targets: &[(OursOnReqwest, AtMost(16_384.0)), (OursOnHyper, AtMost(16_384.0))],
    },
    Row {
        title: "… instructions",
        value: |figures, name| figures.value(name, Figure::SecondClientInstructions),
        decimals: 0,
        targets: &[],
    },
    Row {
        title: "bytes held by a call in flight",
        value: |figures, name| figures.value(name, Figure::BytesInFlight),
        decimals: 0,
        targets: &[(OursOnReqwest, BeyondHyper(10_240.0)), (OursOnHyper, BeyondHyper(10_240.0))],
    },
    Row {
        title: "bytes of a future that was not polled yet, and of what it holds",
        value: |figures, name| figures.value(name, Figure::Future),
        decimals: 0,
        targets: &[
            (OursOnReqwest, AtMost(2_048.0)),
            (OursOnHyper, AtMost(2_048.0)),
            (OursInMemory, AtMost(2_048.0)),
        ],
    },
];

fn ratio(figures: &Figures, name: Name, to: Name) -> Option<f64> {
    let to = figures.value(to, Figure::Instructions)?;
    Some(figures.value(name, Figure::Instructions)? / to)
}

/// The whole table, followed by the missing figures.
pub(crate) fn markdown(figures: &Figures) -> String {
    let mut table = String::from("| |");
    for name in Name::ALL {
        table += &format!(" {} |", name.title());
    }
    table += "\n| --- |";
    table += &" ---: |".repeat(Name::ALL.len());
    for row in &ROWS {
        write!(table, "\n| {} |", row.title).expect("a string takes what is written to it");
        for name in Name::ALL {
            table += &format!(" {} |", cell(figures, row, name));
        }
    }
    table.push('\n');
    for note in &figures.notes {
        table += &format!("\n* {note}\n");
    }
    table
}

fn cell(figures: &Figures, row: &Row, name: Name) -> String {
    let Some(value) = (row.value)(figures, name) else {
        return "–".into();
    };
    let shown = number(value, row.decimals);
    let target = row.targets.iter().find(|(of, _)| *of == name);
    let Some((sign, limit)) = target.and_then(|(_, target)| limit(figures, row, *target)) else {
        return shown;
    };
    // What is compared is what is shown.
    let rounded =
        (value * 10f64.powi(row.decimals as i32)).round() / 10f64.powi(row.decimals as i32);
    let is_met = if sign == '≤' { rounded <= limit } else { rounded >= limit };
    let verdict = if is_met { "met" } else { "**missed**" };
    let decimals = if limit.fract() == 0.0 { 0 } else { 2 };
    format!("{shown} ({sign} {}: {verdict})", number(limit, decimals))
}

fn limit(figures: &Figures, row: &Row, target: Target) -> Option<(char, f64)> {
    match target {
        AtMost(limit) => Some(('≤', limit)),
        AtLeast(limit) => Some(('≥', limit)),
        BeyondHyper(more) => Some(('≤', ((row.value)(figures, HyperByHand)? + more).round())),
    }
}

/// With a comma at each thousand.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut shown = String::new();
    for (place, digit) in whole.char_indices() {
        let left = whole.len() - place;
        if place > 0 && left % 3 == 0 && !shown.ends_with('-') {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown + fraction
}
