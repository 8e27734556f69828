//! The audio of a prompt: its files, one after the other.

use super::budget::Budget;
use super::voice;
use crate::network::Sound;

#[derive(Debug)]
pub(super) struct PromptAudio {
    /// None of them is empty.
    sounds: Vec<Sound>,
    loops: bool,
    /// The sound that is played, and the number of its next sample.
    current: usize,
    position: usize,
    budget: Budget,
}

impl PromptAudio {
    /// `None` if there is no room for its samples.
    pub(super) fn new(mut sounds: Vec<Sound>, loops: bool, budget: Budget) -> Option<Self> {
        sounds.retain(|sound| !sound.samples.is_empty());
        budget.take(length(&sounds)).then_some(Self {
            sounds,
            loops,
            current: 0,
            position: 0,
            budget,
        })
    }

    pub(super) fn is_over(&self) -> bool {
        self.current == self.sounds.len()
    }

    /// The next samples at `rate` samples a second, with silence after the end.
    pub(super) fn next(&mut self, rate: u32, count: usize) -> Vec<i16> {
        let mut samples = Vec::with_capacity(count);
        while let Some(sound) = self.sounds.get(self.current).filter(|_| samples.len() < count) {
            let end =
                sound.samples.len().saturating_mul(rate as usize).div_ceil(sound.rate as usize);
            let part = (count - samples.len()).min(end - self.position);
            samples.extend(voice::of_sound(sound, false, rate, self.position as u64, part));
            self.position += part;
            if self.position == end {
                self.start_next();
            }
        }
        samples.resize(count, 0);
        samples
    }

    fn start_next(&mut self) {
        self.position = 0;
        self.current += 1;
        if self.loops && self.is_over() {
            self.current = 0;
        }
    }
}

impl Drop for PromptAudio {
    fn drop(&mut self) {
        self.budget.give_back(length(&self.sounds));
    }
}

fn length(sounds: &[Sound]) -> usize {
    sounds.iter().map(|sound| sound.samples.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(rate: u32, samples: &[i16]) -> Sound {
        Sound { rate, samples: samples.into() }
    }

    fn prompt(sounds: &[Sound], loops: bool) -> PromptAudio {
        PromptAudio::new(sounds.to_vec(), loops, Budget::of(100)).unwrap()
    }

    #[test]
    fn files_follow_each_other_at_the_rate_of_the_call() {
        let sounds = [sound(8_000, &[0, 100]), sound(16_000, &[]), sound(16_000, &[7, 8])];
        let mut prompt = prompt(&sounds, false);
        assert_eq!(prompt.next(16_000, 3), [0, 50, 100]);
        assert!(!prompt.is_over());
        assert_eq!(prompt.next(16_000, 4), [50, 7, 8, 0]);
        assert!(prompt.is_over());
    }

    #[test]
    fn a_loop_starts_again_and_a_prompt_without_samples_is_over() {
        let mut looping = prompt(&[sound(16_000, &[1]), sound(16_000, &[2])], true);
        assert_eq!(looping.next(16_000, 5), [1, 2, 1, 2, 1]);
        assert!(prompt(&[sound(16_000, &[])], true).is_over());
        // Of five samples at 192 kHz, one is left at 16 kHz.
        assert_eq!(prompt(&[sound(192_000, &[3; 5])], true).next(16_000, 2), [3, 3]);
    }

    #[test]
    fn prompts_share_a_budget() {
        let budget = Budget::of(3);
        let new = || PromptAudio::new(vec![sound(8_000, &[1, 2])], false, budget.clone());
        let first = new();
        assert!(first.is_some() && new().is_none());
        drop(first);
        assert!(new().is_some());
    }
}
