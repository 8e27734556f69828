//! What is measured.

use std::collections::BTreeMap;

use crate::contenders::Name;

/// A figure of a contender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Figure {
    Instructions,
    InstructionsWithKey,
    Allocations,
    AllocationsWithKey,
    Bytes,
    Syscalls,
    /// Calls in a time, to those of reqwest as a user writes it.
    ThroughputOneThread,
    ThroughputTwoThreads,
    SecondClientBytes,
    SecondClientInstructions,
    BytesInFlight,
    Future,
}

/// The measurements; a figure that could not be taken is absent.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    values: BTreeMap<(Name, Figure), f64>,
    /// What is missing, and why.
    pub(crate) notes: Vec<String>,
}

impl Figures {
    pub(crate) fn value(&self, name: Name, figure: Figure) -> Option<f64> {
        self.values.get(&(name, figure)).copied()
    }

    pub(super) fn set(&mut self, name: Name, figure: Figure, value: f64) {
        self.values.insert((name, figure), value);
    }
}
