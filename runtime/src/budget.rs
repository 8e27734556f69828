//! The retry budget: what keeps an outage from becoming a flood.

use std::sync::atomic::{AtomicU32, Ordering};

const FULL: u32 = 500;
const RETRY: u32 = 5;
const SUCCESS: u32 = 1;

/// Tokens shared by all clones of a client. A retry costs some, a success at the first try earns
/// one, and a call that a retry saved gets back what it paid: only retries in vain use it up.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Pays for one retry, if there is enough.
    pub(crate) fn withdraw(&self) -> bool {
        let pay = |tokens: u32| tokens.checked_sub(RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    /// A call succeeded after so many paid retries.
    pub(crate) fn deposit(&self, retries: u32) {
        let earned = if retries == 0 { SUCCESS } else { retries.saturating_mul(RETRY) };
        // Usually it is full, and the shared cache line stays unwritten.
        if self.0.load(Ordering::Relaxed) < FULL {
            let add = |tokens: u32| Some(tokens.saturating_add(earned).min(FULL));
            let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_runs_it_dry_and_successes_fill_it() {
        let budget = Budget::full();
        assert_eq!((0..1000).filter(|_| budget.withdraw()).count(), 100);
        (0..4).for_each(|_| budget.deposit(0));
        assert!(!budget.withdraw());
        budget.deposit(0);
        assert!(budget.withdraw() && !budget.withdraw());
        budget.deposit(1);
        assert!(budget.withdraw());
    }

    #[test]
    fn it_never_overflows() {
        let budget = Budget::full();
        budget.deposit(u32::MAX);
        assert_eq!((0..1000).filter(|_| budget.withdraw()).count(), 100);
    }
}
