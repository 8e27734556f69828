//! The audio of calls, for users and tests.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::budget::Budget;
use super::message::to_bytes;
use super::mixer::FRAMES_A_SECOND;
use super::prompt_audio::PromptAudio;
use super::wav_file::WavFile;
use crate::wav;

/// How many calls are kept, with those that have ended.
const MAX_CALLS: usize = 320;

/// How many seconds of a call are kept.
const LONGEST_SECONDS: u64 = 120;

/// The calls whose audio was streamed. Clones are the same calls.
#[derive(Clone, Debug)]
pub(crate) struct CallAudioStore {
    calls: Arc<Mutex<VecDeque<Arc<CallAudio>>>>,
    budget: Budget,
    /// The directory in which each call is written to a file.
    directory: Option<Arc<Path>>,
}

impl CallAudioStore {
    pub(super) fn new(budget: Budget, directory: Option<PathBuf>) -> Self {
        Self { calls: Arc::default(), budget, directory: directory.map(Arc::from) }
    }

    /// The call that the connection with this id controls, from now on or again.
    pub(super) fn of_connection(
        &self,
        connection: &str,
        server_call: &str,
        rate: u32,
    ) -> Arc<CallAudio> {
        let mut calls = self.calls();
        if let Some(known) = calls.iter().find(|call| call.connection == connection) {
            return known.clone();
        }
        let path = self.directory.as_ref().map(|path| path.join(format!("{connection}.wav")));
        let track = Track {
            rate,
            samples: VecDeque::new(),
            first: 0,
            budget: self.budget.clone(),
            prompt: None,
            file: path.map(|path| WavFile::new(path, rate, 2)),
        };
        let call = Arc::new(CallAudio {
            connection: connection.to_owned(),
            server_call: server_call.to_owned(),
            track: Mutex::new(track),
            drives: AtomicUsize::new(0),
        });
        if calls.len() == MAX_CALLS {
            calls.pop_front();
        }
        calls.push_back(call.clone());
        call
    }

    /// The call with this `serverCallId` or `callConnectionId`.
    pub(crate) fn find(&self, id: &str) -> Option<Arc<CallAudio>> {
        let calls = self.calls();
        let found = calls.iter().rev().find(|call| call.server_call == id || call.connection == id);
        found.cloned()
    }

    pub(crate) fn clear(&self) {
        self.calls().clear();
    }

    fn calls(&self) -> MutexGuard<'_, VecDeque<Arc<CallAudio>>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The audio of one call: people on the left, the bot on the right.
#[derive(Debug)]
pub(crate) struct CallAudio {
    connection: String,
    server_call: String,
    track: Mutex<Track>,
    /// How many streams let time pass here.
    drives: AtomicUsize,
}

#[derive(Debug)]
struct Track {
    rate: u32,
    /// Left and right in turn.
    samples: VecDeque<i16>,
    /// How many samples of each side have been dropped before the first one here.
    first: u64,
    budget: Budget,
    /// The prompt that is played, on the side of the bot.
    prompt: Option<PromptAudio>,
    file: Option<WavFile>,
}

/// Lets the time of a call's audio pass, by [`CallAudio::push`].
#[derive(Debug)]
pub(super) struct Drive(Arc<CallAudio>);

impl Drop for Drive {
    fn drop(&mut self) {
        self.0.drives.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A prompt that is played. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct PlayingPrompt(Arc<CallAudio>);

impl PlayingPrompt {
    /// Adds a frame unless a stream adds it. Returns whether the prompt is over.
    pub(super) fn advance(&self) -> std::io::Result<bool> {
        if self.0.drives.load(Ordering::Relaxed) == 0 {
            let silence = vec![0; (self.0.track().rate / FRAMES_A_SECOND) as usize];
            self.0.push(&silence, &silence)?;
        }
        Ok(self.0.track().prompt.as_ref().is_none_or(PromptAudio::is_over))
    }
}

impl Drop for PlayingPrompt {
    fn drop(&mut self) {
        self.0.track().prompt = None;
    }
}

impl CallAudio {
    /// The caller adds all audio from now on, until the result is dropped.
    pub(super) fn drive(self: &Arc<Self>) -> Drive {
        self.drives.fetch_add(1, Ordering::Relaxed);
        Drive(self.clone())
    }

    /// Plays a prompt on the side of the bot, in place of another one.
    pub(super) fn play(self: &Arc<Self>, prompt: PromptAudio) -> PlayingPrompt {
        self.track().prompt = Some(prompt);
        PlayingPrompt(self.clone())
    }

    /// Adds 20 ms of the people and of the bot. An error is that of the file, which ends there.
    pub(super) fn push(&self, people: &[i16], bot: &[i16]) -> std::io::Result<()> {
        let mut track = self.track();
        let rate = track.rate;
        let prompt = track.prompt.as_mut().map(|prompt| prompt.next(rate, bot.len()));
        let prompt = prompt.unwrap_or_else(|| vec![0; bot.len()]);
        let bot = bot.iter().zip(prompt).map(|(bot, prompt)| bot.saturating_add(prompt));
        let both: Vec<i16> =
            people.iter().zip(bot).flat_map(|(left, right)| [*left, right]).collect();
        track.push(&both);
        let Some(mut file) = track.file.take() else { return Ok(()) };
        file.append(&to_bytes(&both))?;
        track.file = Some(file);
        Ok(())
    }

    /// A WAV file of the audio after sample number `after`, and the number to go on with.
    pub(crate) fn wav_after(&self, after: u64) -> (Vec<u8>, u64) {
        let track = self.track();
        let skipped = usize::try_from(after.saturating_sub(track.first)).unwrap_or(usize::MAX);
        let start = skipped.saturating_mul(2).min(track.samples.len());
        let samples: Vec<i16> = track.samples.range(start..).copied().collect();
        let bytes = to_bytes(&samples);
        let header = wav::header(track.rate, 2, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        ([&header[..], &bytes].concat(), track.end())
    }

    fn track(&self) -> MutexGuard<'_, Track> {
        self.track.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Track {
    fn push(&mut self, both: &[i16]) {
        let longest = usize::try_from(LONGEST_SECONDS * u64::from(self.rate) * 2);
        let is_full = self.samples.len() + both.len() > longest.unwrap_or(usize::MAX);
        if is_full || !self.budget.take(both.len()) {
            // Room of its own: what it has is what it keeps.
            self.forget(both.len());
            if !self.budget.take(both.len()) {
                self.first += both.len() as u64 / 2;
                return;
            }
        }
        self.samples.extend(both);
    }

    fn forget(&mut self, count: usize) {
        let count = count.min(self.samples.len());
        self.samples.drain(..count);
        self.first += count as u64 / 2;
        self.budget.give_back(count);
    }

    fn end(&self) -> u64 {
        self.first + self.samples.len() as u64 / 2
    }
}

impl Drop for Track {
    fn drop(&mut self) {
        self.budget.give_back(self.samples.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_on_the_left_and_the_bot_on_the_right() {
        let store = CallAudioStore::new(Budget::of(100), None);
        let call = store.of_connection("c", "s", 16_000);
        call.push(&[1, 2], &[3, 4]).unwrap();
        let (wav, next) = store.find("s").unwrap().wav_after(0);
        assert_eq!((&wav[wav::HEADER_BYTES..], next), (&[1, 0, 3, 0, 2, 0, 4, 0][..], 2));
        assert_eq!(call.wav_after(1).0[wav::HEADER_BYTES..], [2, 0, 4, 0]);
        assert_eq!(call.wav_after(9).0.len(), wav::HEADER_BYTES);
        assert_eq!(Arc::as_ptr(&store.of_connection("c", "s", 16_000)), Arc::as_ptr(&call));
    }

    #[test]
    fn the_oldest_is_forgotten_when_there_is_no_room() {
        let store = CallAudioStore::new(Budget::of(4), None);
        let call = store.of_connection("c", "s", 16_000);
        for number in 0..5 {
            call.push(&[number], &[0]).unwrap();
        }
        let (wav, next) = call.wav_after(0);
        assert_eq!((&wav[wav::HEADER_BYTES..], next), (&[3, 0, 0, 0, 4, 0, 0, 0][..], 5));
        let other = store.of_connection("d", "t", 16_000);
        other.push(&[1], &[1]).unwrap();
        assert_eq!(other.wav_after(0), (wav::header(16_000, 2, 0).to_vec(), 1));
    }

    #[test]
    fn calls_are_forgotten_in_turn() {
        let store = CallAudioStore::new(Budget::of(4), None);
        for number in 0..=MAX_CALLS {
            store.of_connection(&number.to_string(), "s", 16_000);
        }
        assert!(store.find("0").is_none() && store.find("1").is_some());
    }
}
