//! Timers, in the order in which they are due.

use std::collections::BTreeMap;
use std::fmt;
use std::time::SystemTime;

/// Actions on a `T`, by the time when they are due; of one time, first come, first served.
pub(super) struct Timers<T> {
    #[expect(clippy::type_complexity, reason = "an alias would hide what is boxed")]
    queue: BTreeMap<(SystemTime, u64), Box<dyn FnOnce(&mut T) + Send>>,
    scheduled: u64,
}

impl<T> Timers<T> {
    pub(super) fn schedule(
        &mut self,
        due: SystemTime,
        action: impl FnOnce(&mut T) + Send + 'static,
    ) {
        self.scheduled += 1;
        self.queue.insert((due, self.scheduled), Box::new(action));
    }

    /// The first action that is due by `now`, and when it was.
    #[expect(clippy::type_complexity, reason = "an alias would hide what is boxed")]
    pub(super) fn pop_due(
        &mut self,
        now: SystemTime,
    ) -> Option<(SystemTime, Box<dyn FnOnce(&mut T) + Send>)> {
        let first = self.queue.first_entry().filter(|first| first.key().0 <= now)?;
        let ((due, _), action) = first.remove_entry();
        Some((due, action))
    }

    pub(super) fn next_due(&self) -> Option<SystemTime> {
        self.queue.first_key_value().map(|((due, _), _)| *due)
    }
}

impl<T> Default for Timers<T> {
    fn default() -> Self {
        Self { queue: BTreeMap::new(), scheduled: 0 }
    }
}

impl<T> fmt::Debug for Timers<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.queue.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn actions_run_in_the_order_in_which_they_are_due() {
        let (mut timers, start) = (Timers::<Vec<u64>>::default(), SystemTime::UNIX_EPOCH);
        for (second, name) in [(2, 20), (1, 10), (2, 21), (3, 30)] {
            let due = start + Duration::from_secs(second);
            timers.schedule(due, move |seen| seen.push(name));
        }
        assert_eq!(timers.next_due(), Some(start + Duration::from_secs(1)));
        let mut seen = Vec::new();
        while let Some((_, action)) = timers.pop_due(start + Duration::from_secs(2)) {
            action(&mut seen);
        }
        assert_eq!(seen, [10, 20, 21]);
        assert_eq!(timers.next_due(), Some(start + Duration::from_secs(3)));
    }
}
