//! The retry budget, which stops retry storms during an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// The tokens of a full budget.
const CAPACITY: u32 = 500;
/// The tokens that each retry of a call that fails withdraws.
const RETRY_COST: u32 = 5;
/// The tokens that a call that succeeds at its first attempt deposits.
const DEPOSIT: u32 = 1;
/// The maximum number of retries in flight, which limits the cost of an outage that hits many calls
/// at once.
const MAX_IN_FLIGHT: u32 = 1_500;

/// The tokens that all clones of a client share. Retries withdraw tokens only when their call has
/// failed.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
    in_flight: AtomicU32,
}

/// The retries of one call. If it is dropped with the call, it withdraws one deposit, since the
/// outcome of the retries is not known.
#[derive(Debug)]
pub(crate) struct RetryPermit<'a> {
    budget: &'a RetryBudget,
    retries: u32,
}

impl RetryBudget {
    pub(crate) fn full() -> Self {
        Self { tokens: AtomicU32::new(CAPACITY), in_flight: AtomicU32::new(0) }
    }

    /// Returns the permit of a new call.
    pub(crate) fn permit(&self) -> RetryPermit<'_> {
        RetryPermit { budget: self, retries: 0 }
    }

    fn withdraw(&self, tokens: u32) {
        let subtract = |available: u32| Some(available.saturating_sub(tokens));
        let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, subtract);
    }

    fn deposit(&self) {
        // The budget is usually full, and the shared cache line then stays unwritten.
        if self.tokens.load(Ordering::Relaxed) < CAPACITY {
            let add = |available: u32| Some((available + DEPOSIT).min(CAPACITY));
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

impl RetryPermit<'_> {
    /// The number of retries so far.
    pub(crate) fn retries(&self) -> u32 {
        self.retries
    }

    /// Acquires one more retry, if the budget allows it.
    pub(crate) fn try_acquire(&mut self) -> bool {
        if self.budget.tokens.load(Ordering::Relaxed) < RETRY_COST {
            return false;
        }
        let add = |in_flight: u32| (in_flight < MAX_IN_FLIGHT).then_some(in_flight + 1);
        let in_flight = &self.budget.in_flight;
        let is_acquired = in_flight.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).is_ok();
        self.retries += u32::from(is_acquired);
        is_acquired
    }

    /// Records that the call has succeeded.
    pub(crate) fn succeed(&mut self) {
        if self.release() == 0 {
            self.budget.deposit();
        }
    }

    /// Records that the call has failed despite its retries.
    pub(crate) fn fail(&mut self) {
        let cost = self.release().saturating_mul(RETRY_COST);
        self.budget.withdraw(cost);
    }

    fn release(&mut self) -> u32 {
        let retries = std::mem::take(&mut self.retries);
        if retries > 0 {
            self.budget.in_flight.fetch_sub(retries, Ordering::Relaxed);
        }
        retries
    }
}

impl Drop for RetryPermit<'_> {
    fn drop(&mut self) {
        if self.release() > 0 {
            self.budget.withdraw(DEPOSIT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a call with up to three retries that ends in `end`; returns how many it made.
    fn call(budget: &RetryBudget, end: impl FnOnce(RetryPermit<'_>)) -> u32 {
        let mut permit = budget.permit();
        while permit.retries() < 3 && permit.try_acquire() {}
        let retries = permit.retries();
        end(permit);
        retries
    }

    fn fail(mut permit: RetryPermit<'_>) {
        permit.fail();
    }

    fn drop_permit(permit: RetryPermit<'_>) {
        drop(permit);
    }

    #[test]
    fn calls_that_fail_empty_the_budget() {
        let budget = RetryBudget::full();
        let retries: u32 = (0..10_000).map(|_| call(&budget, fail)).sum();
        assert!(retries <= 102, "{retries}");
        assert_eq!(budget.in_flight.into_inner(), 0);
    }

    #[test]
    fn first_successes_refill_it() {
        let budget = RetryBudget::full();
        while call(&budget, fail) > 0 {}
        for _ in 0..CAPACITY {
            budget.permit().succeed();
        }
        assert_eq!(call(&budget, fail), 3);
    }

    #[test]
    fn retries_that_succeed_are_free() {
        let budget = RetryBudget::full();
        assert!((0..1_000).all(|_| call(&budget, |mut permit| permit.succeed()) == 3));
        assert_eq!(budget.tokens.into_inner(), CAPACITY);
    }

    #[test]
    fn dropped_calls_cost_little_and_release_their_retries() {
        let budget = RetryBudget::full();
        assert_eq!((0..1_000).filter(|_| call(&budget, drop_permit) == 3).count(), 496);
        assert_eq!(budget.in_flight.into_inner(), 0);
    }

    #[test]
    fn calls_that_fail_all_at_once_do_not_all_retry() {
        let budget = RetryBudget::full();
        let mut calls: Vec<_> = (0..10_000).map(|_| budget.permit()).collect();
        let acquired = calls.iter_mut().filter_map(|call| call.try_acquire().then_some(()));
        assert_eq!(acquired.count(), 1_500);
        calls.into_iter().for_each(fail);
        assert!(!budget.permit().try_acquire());
    }
}
