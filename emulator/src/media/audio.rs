//! The audio of one stream in both directions, 20 ms at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::budget::Budget;
use super::call_audio::{CallAudio, Drive};
use super::message::{self, Message};
use super::mixer::{FRAMES_A_SECOND, Mixer};
use super::playback::Playback;
use crate::network::{AudioFormat, Speaker};

/// The duration of one frame.
pub(super) const FRAME: Duration = Duration::from_millis(20);

/// The most audio that is sent after the clock has jumped or the bot was slow.
pub(super) const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// Shared by the two directions of a socket.
#[derive(Debug)]
pub(super) struct Audio {
    format: AudioFormat,
    playback: Mutex<Playback>,
    call: Arc<CallAudio>,
}

/// The frames of one time.
#[derive(Debug)]
pub(super) struct Frames {
    pub(super) texts: Vec<String>,
    /// Why the file of the call cannot be written.
    pub(super) file_error: Option<std::io::Error>,
}

impl Audio {
    pub(super) fn new(format: AudioFormat, call: Arc<CallAudio>, budget: Budget) -> Self {
        let playback = Mutex::new(Playback::new(format.sample_rate, budget));
        Self { format, playback, call }
    }

    pub(super) fn mixer(&self) -> AudioSource {
        AudioSource { mixer: Mixer::new(self.format), next: None, _drive: self.call.drive() }
    }

    /// Handles a message of the bot; an error is the reason to ignore it.
    pub(super) fn take(&self, text: &str) -> Result<Message, String> {
        if !self.format.is_bidirectional {
            return Err("the call was set up without `enableBidirectional`".to_owned());
        }
        let message = message::read(text)?;
        match &message {
            Message::StopAudio => self.playback().clear(),
            Message::Audio(samples) if !self.playback().push(samples) => {
                return Err("too much audio waits to be played".to_owned());
            }
            Message::Audio(_) => {}
        }
        Ok(message)
    }

    fn playback(&self) -> MutexGuard<'_, Playback> {
        self.playback.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The audio of the people, and when the next frame is due.
#[derive(Debug)]
pub(super) struct AudioSource {
    mixer: Mixer,
    next: Option<SystemTime>,
    _drive: Drive,
}

impl AudioSource {
    /// Starts at `now`, with these people or with others than before.
    pub(super) fn set_speakers(&mut self, speakers: Vec<Speaker>, now: SystemTime) {
        self.next.get_or_insert(now);
        self.mixer.set_speakers(speakers);
    }

    /// When the next frames are due, once the stream has started.
    pub(super) fn next_due(&self) -> Option<SystemTime> {
        self.next
    }

    /// The frames that are due first, if any is due by `now`.
    pub(super) fn frames_by(&mut self, now: SystemTime, audio: &Audio) -> Option<Frames> {
        let oldest = now.checked_sub(LONGEST_DELAY).unwrap_or(now);
        let due = self.next?.max(oldest);
        if due > now {
            return None;
        }
        self.next = Some(due + FRAME);
        let (frames, people) = self.mixer.next_frames();
        let count = audio.format.sample_rate / FRAMES_A_SECOND;
        let bot = audio.playback().next(count as usize);
        let file_error = audio.call.push(&people, &bot).err();
        let texts = frames.iter().map(|frame| message::audio(frame, due)).collect();
        Some(Frames { texts, file_error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::call_audio::CallAudioStore;
    use crate::network::Voice;
    use crate::wav;

    fn audio(is_bidirectional: bool) -> Audio {
        let budget = Budget::of(1_000_000);
        let call = CallAudioStore::new(budget.clone(), None).of_connection("c", "s", 16_000);
        let format =
            AudioFormat { sample_rate: 16_000, is_mixed: true, is_bidirectional, has_tones: false };
        Audio::new(format, call, budget)
    }

    #[test]
    fn a_frame_is_due_every_20_milliseconds() {
        let (audio, start) = (audio(false), SystemTime::UNIX_EPOCH);
        let mut source = audio.mixer();
        assert!(source.frames_by(start, &audio).is_none());
        source.set_speakers(Vec::new(), start);
        let mut count = |millis: u64| {
            let now = start + Duration::from_millis(millis);
            std::iter::from_fn(|| source.frames_by(now, &audio)).count()
        };
        assert_eq!([count(0), count(19), count(20), count(100)], [1, 0, 1, 4]);
        // After a pause of a day, at most a minute of frames is sent.
        assert_eq!(count(24 * 60 * 60 * 1000), 3001);
    }

    #[test]
    fn the_bot_is_heard_until_it_stops() {
        let (audio, start) = (audio(true), SystemTime::UNIX_EPOCH);
        let mut source = audio.mixer();
        let voice = Voice::Tone(400);
        source.set_speakers(vec![Speaker { raw_id: "a".to_owned(), voice }], start);
        let frame = r#"{"kind":"AudioData","audioData":{"data":"BwAHAA=="}}"#;
        audio.take(frame).unwrap();
        source.frames_by(start, &audio).unwrap();
        let (file, next) = audio.call.wav_after(0);
        let bot: Vec<u8> = file[wav::HEADER_BYTES..].chunks(4).map(|pair| pair[2]).collect();
        assert_eq!((next, &bot[..3]), (320, &[7, 7, 0][..]));
        audio.take(frame).unwrap();
        assert_eq!(audio.take(r#"{"kind":"stopAudio"}"#), Ok(Message::StopAudio));
        source.frames_by(start + FRAME, &audio).unwrap();
        assert!(audio.call.wav_after(320).0[44..].chunks(4).all(|pair| pair[2] == 0));
    }

    #[test]
    fn a_bot_that_only_listens_is_not_heard() {
        assert!(audio(false).take("{}").unwrap_err().contains("enableBidirectional"));
    }
}
