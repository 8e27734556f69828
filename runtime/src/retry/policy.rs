//! The number and the timing of retries.

use std::time::Duration;

/// The limits of retries, and the delays between attempts.
#[derive(Clone, Debug)]
pub(crate) struct RetryPolicy {
    pub(crate) max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    min_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(800),
            max_delay: Duration::from_secs(60),
            min_delay: Duration::from_millis(10),
        }
    }
}

impl RetryPolicy {
    /// Exponential backoff with full jitter, which spreads the retries of clients that failed at
    /// the same time. `random` is a random number.
    pub(crate) fn backoff(&self, retries: u32, random: u128) -> Duration {
        let factor = 2u32.saturating_pow(retries);
        let ceiling = self.base_delay.saturating_mul(factor).min(self.max_delay);
        // The upper half of `random`, read as a fraction: no division, no bias.
        let nanos = ((random >> 64) * (ceiling.as_nanos().min(u64::MAX.into()) + 1)) >> 64;
        Duration::from_nanos(nanos as u64).max(self.min_delay)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn backoff_uses_its_whole_range() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.backoff(0, 0), policy.min_delay);
        assert_eq!(policy.backoff(0, u128::MAX), policy.base_delay);
        assert_eq!(policy.backoff(2, u128::MAX), policy.base_delay * 4);
        assert_eq!(policy.backoff(u32::MAX, u128::MAX), policy.max_delay);
    }

    proptest! {
        #[test]
        fn backoff_is_bounded(retries: u32, random: u128) {
            let wait = RetryPolicy::default().backoff(retries, random);
            prop_assert!(wait >= Duration::from_millis(10) && wait <= Duration::from_secs(60));
        }

        #[test]
        fn backoff_grows_with_the_retries_and_the_random_number(random: u128) {
            let policy = RetryPolicy::default();
            prop_assert!(policy.backoff(0, random) <= policy.backoff(1, random));
            prop_assert!(policy.backoff(1, random / 2) <= policy.backoff(1, random));
        }
    }
}
