//! The retry budget: what keeps an outage from becoming a flood.

use std::sync::atomic::{AtomicU32, Ordering};

const FULL: u32 = 500;
/// What a retry in vain costs, and a success at the first try earns.
const RETRY: u32 = 5;
const SUCCESS: u32 = 1;
/// How many retries may be under way whose worth is not known yet: what an outage that hits many
/// calls at once can cost on top.
const AT_ONCE: u32 = 1_500;

/// Tokens shared by all clones of a client. Retries are paid for when their call has ended, and
/// only if they were in vain: however many calls the network disturbs, they are all seen through.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    unsettled: AtomicU32,
}

/// The retries of one call. Dropped with the call, they cost as little as a success earns:
/// nobody knows what would have come of them.
#[derive(Debug)]
pub(crate) struct Retries<'a> {
    budget: &'a Budget,
    count: u32,
}

impl Budget {
    pub(crate) fn full() -> Self {
        Self { tokens: AtomicU32::new(FULL), unsettled: AtomicU32::new(0) }
    }

    /// The retries of a new call.
    pub(crate) fn retries(&self) -> Retries<'_> {
        Retries { budget: self, count: 0 }
    }

    fn pay(&self, price: u32) {
        let pay = |tokens: u32| Some(tokens.saturating_sub(price));
        let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay);
    }

    fn earn(&self) {
        // Usually it is full, and the shared cache line stays unwritten.
        if self.tokens.load(Ordering::Relaxed) < FULL {
            let add = |tokens: u32| Some((tokens + SUCCESS).min(FULL));
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

impl Retries<'_> {
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// One more, if the budget allows it.
    pub(crate) fn take(&mut self) -> bool {
        if self.budget.tokens.load(Ordering::Relaxed) < RETRY {
            return false;
        }
        let add = |unsettled: u32| (unsettled < AT_ONCE).then_some(unsettled + 1);
        let unsettled = &self.budget.unsettled;
        let taken = unsettled.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).is_ok();
        self.count += u32::from(taken);
        taken
    }

    /// The call has succeeded.
    pub(crate) fn succeeded(mut self) {
        // One that its retries have saved earns nothing, and they cost nothing.
        if self.settle() == 0 {
            self.budget.earn();
        }
    }

    /// The call has failed for all its retries.
    pub(crate) fn failed(mut self) {
        let price = self.settle().saturating_mul(RETRY);
        self.budget.pay(price);
    }

    fn settle(&mut self) -> u32 {
        let count = std::mem::take(&mut self.count);
        if count > 0 {
            self.budget.unsettled.fetch_sub(count, Ordering::Relaxed);
        }
        count
    }
}

impl Drop for Retries<'_> {
    fn drop(&mut self) {
        if self.settle() > 0 {
            self.budget.pay(SUCCESS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A call with at most three retries; how many it made.
    fn call<'a>(budget: &'a Budget, end: fn(Retries<'a>)) -> u32 {
        let mut retries = budget.retries();
        while retries.count() < 3 && retries.take() {}
        let count = retries.count();
        end(retries);
        count
    }

    #[test]
    fn an_outage_runs_it_dry_and_successes_fill_it() {
        let budget = Budget::full();
        let retries: u32 = (0..1_000).map(|_| call(&budget, Retries::failed)).sum();
        assert_eq!(retries, 102);
        let succeed = |times| (0..times).for_each(|_| budget.retries().succeeded());
        succeed(4);
        assert!(!budget.retries().take());
        succeed(1);
        assert!(budget.retries().take());
    }

    #[test]
    fn retries_that_help_cost_nothing() {
        let budget = Budget::full();
        assert!((0..1_000).all(|_| call(&budget, Retries::succeeded) == 3));
        assert_eq!(budget.tokens.into_inner(), FULL);
    }

    #[test]
    fn dropped_calls_cost_little_and_leave_nothing_behind() {
        let budget = Budget::full();
        assert_eq!((0..1_000).filter(|_| call(&budget, drop) == 3).count(), 496);
        assert_eq!(budget.unsettled.into_inner(), 0);
    }

    #[test]
    fn calls_that_fail_all_at_once_do_not_all_retry() {
        let budget = Budget::full();
        let mut calls: Vec<_> = (0..10_000).map(|_| budget.retries()).collect();
        assert_eq!(calls.iter_mut().filter_map(|call| call.take().then_some(())).count(), 1_500);
        calls.into_iter().for_each(Retries::failed);
        assert!(!budget.retries().take());
    }
}
