//! The audio of a bot that was not played yet.

use std::collections::VecDeque;

use super::budget::Budget;

/// How many seconds of one bot are queued.
const LONGEST_SECONDS: usize = 300;

/// The samples of one bot, in order.
#[derive(Debug)]
pub(super) struct Playback {
    waiting: VecDeque<i16>,
    longest: usize,
    budget: Budget,
}

impl Playback {
    /// Of a stream with `rate` samples a second.
    pub(super) fn new(rate: u32, budget: Budget) -> Self {
        let longest = LONGEST_SECONDS * rate as usize;
        Self { waiting: VecDeque::new(), longest, budget }
    }

    /// Adds samples, and drops those that exceed the buffer. Returns whether all were kept.
    pub(super) fn push(&mut self, samples: &[i16]) -> bool {
        let fits = self.waiting.len() + samples.len() <= self.longest;
        let is_kept = fits && self.budget.take(samples.len());
        if is_kept {
            self.waiting.extend(samples);
        }
        is_kept
    }

    /// The next samples, with silence where the bot has sent nothing.
    pub(super) fn next(&mut self, count: usize) -> Vec<i16> {
        let played = count.min(self.waiting.len());
        let mut samples: Vec<i16> = self.waiting.drain(..played).collect();
        self.budget.give_back(played);
        samples.resize(count, 0);
        samples
    }

    pub(super) fn clear(&mut self) {
        self.budget.give_back(self.waiting.len());
        self.waiting = VecDeque::new();
    }
}

impl Drop for Playback {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_heard_in_order_and_once() {
        let mut playback = Playback::new(16_000, Budget::of(10));
        assert!(playback.push(&[1, 2, 3]) && playback.push(&[4]));
        assert_eq!(playback.next(3), [1, 2, 3]);
        assert_eq!(playback.next(3), [4, 0, 0]);
        playback.push(&[5]);
        playback.clear();
        assert_eq!(playback.next(1), [0]);
    }

    #[test]
    fn streams_share_a_budget() {
        let budget = Budget::of(3);
        let mut first = Playback::new(16_000, budget.clone());
        let mut second = Playback::new(16_000, budget);
        assert!(first.push(&[1, 2]) && !second.push(&[1, 2]) && second.push(&[1]));
        drop(first);
        assert!(second.push(&[2, 3]));
    }

    #[test]
    fn one_bot_waits_for_five_minutes_at_most() {
        let mut playback = Playback::new(1, Budget::of(1_000));
        assert!(playback.push(&[0; 300]) && !playback.push(&[0]));
    }
}
