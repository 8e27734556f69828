//! The delays between the polls of a poller.

use std::time::Duration;

/// The first delay, if the service requests none.
const FIRST_DELAY: Duration = Duration::from_secs(1);
/// The longest delay, unless the service or [`Poller::frequency`](crate::Poller::frequency) sets
/// another one.
const MAX_DELAY: Duration = Duration::from_secs(30);
/// The shortest delay, even if the service requests a shorter one.
const MIN_DELAY: Duration = Duration::from_millis(10);

/// The delay between polls: the one that the service requests, or else twice the last one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    next: Duration,
    max: Duration,
}

impl Schedule {
    pub(super) const DEFAULT: Self = Self { next: FIRST_DELAY, max: MAX_DELAY };

    /// The same delay each time.
    pub(super) fn every(delay: Duration) -> Self {
        Self { next: delay, max: delay }
    }

    /// The delay before the next poll.
    pub(super) fn delay(&mut self, retry_after: Option<Duration>) -> Duration {
        let own = self.next;
        if retry_after.is_none() {
            self.next = self.next.saturating_mul(2).min(self.max);
        }
        retry_after.unwrap_or(own).max(MIN_DELAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_unless_the_service_asks_for_another() {
        let mut schedule = Schedule::DEFAULT;
        let wish = |seconds| Some(Duration::from_secs(seconds));
        let delays = [None, wish(7), None, None, None, wish(0), None, None, None];
        let millis = delays.map(|wish| schedule.delay(wish).as_millis());
        assert_eq!(millis, [1_000, 7_000, 2_000, 4_000, 8_000, 10, 16_000, 30_000, 30_000]);
        let mut steady = Schedule::every(Duration::from_secs(5));
        assert_eq!([None, None].map(|wish| steady.delay(wish).as_secs()), [5, 5]);
    }
}
