//! A set of recent values, bounded in time and number.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, Hash, RandomState};
use std::time::{Duration, Instant};

/// A set that drops values older than `retention`, and the oldest beyond `capacity`.
///
/// It stores keyed 128-bit hashes, because the sender determines the length of an id.
pub(crate) struct RecentSet {
    retention: Duration,
    capacity: usize,
    order: VecDeque<(Instant, u128)>,
    hashes: HashSet<u128>,
    keys: [RandomState; 2],
}

impl RecentSet {
    pub(crate) fn new(retention: Duration, capacity: usize) -> Self {
        let keys = [RandomState::new(), RandomState::new()];
        Self { retention, capacity, order: VecDeque::new(), hashes: HashSet::new(), keys }
    }

    /// Adds a value. Returns false if the set already contains it.
    pub(crate) fn insert(&mut self, now: Instant, value: &impl Hash) -> bool {
        self.forget(now);
        let hash = self.hash(value);
        if self.capacity == 0 || !self.hashes.insert(hash) {
            return self.capacity == 0;
        }
        self.order.push_back((now, hash));
        if self.order.len() > self.capacity {
            self.forget_oldest();
        }
        true
    }

    pub(super) fn contains(&mut self, now: Instant, value: &impl Hash) -> bool {
        self.forget(now);
        self.hashes.contains(&self.hash(value))
    }

    fn forget(&mut self, now: Instant) {
        let is_old = |met: &Instant| now.saturating_duration_since(*met) >= self.retention;
        while self.order.front().is_some_and(|(met, _)| is_old(met)) {
            let Some((_, hash)) = self.order.pop_front() else { return };
            self.hashes.remove(&hash);
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, hash)) = self.order.pop_front() {
            self.hashes.remove(&hash);
        }
    }

    fn hash(&self, value: &impl Hash) -> u128 {
        let [high, low] = self.keys.each_ref().map(|key| u128::from(key.hash_one(value)));
        high << 64 | low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_value_is_a_duplicate_until_it_is_forgotten() {
        let (start, mut set) = (Instant::now(), RecentSet::new(SECOND, 2));
        assert!(set.insert(start, &"a"));
        assert!(!set.insert(start + SECOND / 2, &"a"));
        assert!(set.insert(start + SECOND, &"a"));
        assert!(set.insert(start + SECOND, &"b"));
        assert!(set.insert(start + SECOND, &"c")); // one too many
        assert!(!set.contains(start + SECOND, &"a"));
        assert!(set.contains(start + SECOND, &"c"));
    }

    #[test]
    fn without_capacity_nothing_is_a_duplicate() {
        let mut set = RecentSet::new(SECOND, 0);
        assert!(set.insert(Instant::now(), &"a") && set.insert(Instant::now(), &"a"));
    }
}
