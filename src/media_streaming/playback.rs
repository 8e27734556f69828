//! Queued audio, which is sent at the pace of playback.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The duration of a frame of audio.
pub const FRAME_DURATION: Duration = Duration::from_millis(20);
/// The longest delay that sending catches up with. A longer delay shifts all later audio.
const CATCH_UP: Duration = Duration::from_millis(100);
const BYTES_A_SAMPLE: usize = 2;

/// A queue of audio from which one frame is sent every 20 ms.
///
/// The service plays the audio that it receives, one frame after the other. Audio that was sent too
/// early is queued by the service, whereas audio in this queue can be dropped when the participant
/// interrupts. The queue reads no clock: the caller passes the time.
///
/// ```
/// use std::time::{Duration, Instant};
///
/// use acs_rest::media_streaming::{Playback, PlaybackStep};
///
/// let (start, mut frame) = (Instant::now(), Vec::new());
/// let mut playback = Playback::new(16_000, Duration::from_secs(30));
/// assert_eq!(playback.push(&[1; 1_280]), 1_280);
/// assert_eq!(playback.next(start, &mut frame), PlaybackStep::Audio);
/// assert_eq!(frame.len(), 640);
/// let due = start + Duration::from_millis(20);
/// assert_eq!(playback.next(start, &mut frame), PlaybackStep::WaitUntil(due));
///
/// playback.stop(); // the participant began to speak
/// assert_eq!(playback.next(start, &mut frame), PlaybackStep::StopAudio);
/// assert_eq!(playback.next(due, &mut frame), PlaybackStep::Empty);
/// ```
#[derive(Clone, Debug)]
pub struct Playback {
    frame_length: usize,
    capacity: usize,
    audio: VecDeque<u8>,
    due: Option<Instant>,
    is_stopping: bool,
}

/// The next step of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlaybackStep {
    /// Send the audio in the buffer, with [`write_audio`](super::write_audio).
    Audio,
    /// Send [`STOP_AUDIO`](super::STOP_AUDIO).
    StopAudio,
    /// Wait until this time: nothing is due before.
    WaitUntil(Instant),
    /// Nothing to do: no audio is queued.
    Empty,
}

impl Playback {
    /// Creates a queue for audio with the given number of samples per second, of 16 bits each. The
    /// queue holds at most `capacity` of audio.
    #[must_use]
    pub fn new(sample_rate: u32, capacity: Duration) -> Self {
        let bytes_a_second = sample_rate as usize * BYTES_A_SAMPLE;
        let frame_length = (bytes_a_second / 50).max(BYTES_A_SAMPLE);
        let capacity = (capacity.as_secs_f64() * bytes_a_second as f64) as usize;
        let capacity = capacity.max(frame_length) / BYTES_A_SAMPLE * BYTES_A_SAMPLE;
        Self { frame_length, capacity, audio: VecDeque::new(), due: None, is_stopping: false }
    }

    /// Adds as much of the audio as there is room for, and returns the number of bytes added.
    pub fn push(&mut self, pcm: &[u8]) -> usize {
        let taken = pcm.len().min(self.capacity - self.audio.len());
        self.audio.extend(&pcm[..taken]);
        taken
    }

    /// Drops the queued audio, and makes [`STOP_AUDIO`](super::STOP_AUDIO) the next step: the
    /// service then drops the audio that it has not played yet.
    pub fn stop(&mut self) {
        self.audio.clear();
        self.is_stopping = true;
    }

    /// Returns the duration of the queued audio.
    #[must_use]
    pub fn queued(&self) -> Duration {
        FRAME_DURATION.mul_f64(self.audio.len() as f64 / self.frame_length as f64)
    }

    /// Returns the step that is due at `now`. A frame that is due is moved to `frame`, replacing
    /// its content. A frame that is not full is due 20 ms later, because more audio may be added to
    /// it.
    pub fn next(&mut self, now: Instant, frame: &mut Vec<u8>) -> PlaybackStep {
        if std::mem::take(&mut self.is_stopping) {
            self.due = None;
            return PlaybackStep::StopAudio;
        }
        let Some(missing) = self.missing() else { return PlaybackStep::Empty };
        let due = *self.due.get_or_insert(now);
        let ready = if missing == 0 { due } else { due + FRAME_DURATION };
        if now < ready {
            return PlaybackStep::WaitUntil(ready);
        }
        frame.clear();
        let length = (self.frame_length - missing) / BYTES_A_SAMPLE * BYTES_A_SAMPLE;
        frame.extend(self.audio.drain(..length));
        let is_late = now.saturating_duration_since(due) > CATCH_UP;
        self.due = Some(if is_late { now } else { due } + FRAME_DURATION);
        PlaybackStep::Audio
    }

    /// Returns the number of bytes that the next frame lacks, or `None` if there is no whole
    /// sample.
    fn missing(&self) -> Option<usize> {
        let has_sample = self.audio.len() >= BYTES_A_SAMPLE;
        has_sample.then(|| self.frame_length.saturating_sub(self.audio.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn playback() -> Playback {
        Playback::new(16_000, Duration::from_secs(1))
    }

    #[test]
    fn a_frame_is_due_each_20_ms_and_delays_are_made_up() {
        let (start, mut frame, mut playback) = (Instant::now(), Vec::new(), playback());
        assert_eq!(playback.push(&[7; 640 * 10]), 6_400);
        let mut sent = Vec::new();
        for tick in 0..400 {
            // Nobody looks between 50 and 100 ms.
            if (50..100).contains(&tick) {
                continue;
            }
            while playback.next(start + MS * tick, &mut frame) == PlaybackStep::Audio {
                sent.push(tick);
            }
        }
        assert_eq!(sent, [0, 20, 40, 100, 100, 100, 120, 140, 160, 180]);
    }

    #[test]
    fn what_is_late_for_good_is_not_sent_in_a_burst() {
        let (start, mut frame, mut playback) = (Instant::now(), Vec::new(), playback());
        playback.push(&[7; 640 * 10]);
        assert_eq!(playback.next(start, &mut frame), PlaybackStep::Audio);
        let later = start + MS * 500;
        assert_eq!(playback.next(later, &mut frame), PlaybackStep::Audio);
        assert_eq!(playback.next(later, &mut frame), PlaybackStep::WaitUntil(later + MS * 20));
    }

    #[test]
    fn a_short_frame_waits_for_its_rest_and_a_sample_stays_whole() {
        let (start, mut frame, mut playback) = (Instant::now(), Vec::new(), playback());
        playback.push(&[7; 101]);
        let due = start + MS * 20;
        assert_eq!(playback.next(start, &mut frame), PlaybackStep::WaitUntil(due));
        assert_eq!(playback.next(due, &mut frame), PlaybackStep::Audio);
        assert_eq!(frame.len(), 100);
        assert_eq!(playback.next(due, &mut frame), PlaybackStep::Empty);
    }

    #[test]
    fn it_takes_no_more_than_its_capacity() {
        let mut playback = playback();
        assert_eq!(playback.push(&[0; 40_000]), 32_000);
        assert_eq!(playback.queued(), Duration::from_secs(1));
        assert_eq!(playback.push(&[0; 1]), 0);
        playback.stop();
        assert_eq!((playback.queued(), playback.push(&[0; 2])), (Duration::ZERO, 2));
    }
}
