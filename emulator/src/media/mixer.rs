//! Mixes the voices of the speakers into the frames for a bot.

use std::collections::BTreeMap;

use super::voice;
use crate::network::{AudioFormat, Speaker};

/// How many frames of 20 ms a second has.
pub(super) const FRAMES_A_SECOND: u32 = 50;

/// How many speakers an unmixed stream carries.
const DOMINANT_SPEAKERS: usize = 4;

/// The speakers of one stream, and how far each one has come.
#[derive(Debug)]
pub(super) struct Mixer {
    format: AudioFormat,
    speakers: Vec<Speaker>,
    /// By raw id, the number of the next sample.
    positions: BTreeMap<String, u64>,
}

/// 20 ms of one participant, or of all.
#[derive(Debug, PartialEq)]
pub(super) struct AudioFrame {
    pub(super) speaker: Option<String>,
    pub(super) samples: Vec<i16>,
}

impl AudioFrame {
    pub(super) fn is_silent(&self) -> bool {
        self.samples.iter().all(|sample| *sample == 0)
    }

    fn loudness(&self) -> u64 {
        self.samples.iter().map(|sample| u64::from(sample.unsigned_abs())).sum()
    }
}

impl Mixer {
    pub(super) fn new(format: AudioFormat) -> Self {
        Self { format, speakers: Vec::new(), positions: BTreeMap::new() }
    }

    /// Sets the current speakers. A speaker who is named again continues, and does not start over.
    pub(super) fn set_speakers(&mut self, speakers: Vec<Speaker>) {
        self.speakers = speakers;
    }

    /// The next frames: one, or one for each of the loudest speakers; and all of them as one.
    pub(super) fn next_frames(&mut self) -> (Vec<AudioFrame>, Vec<i16>) {
        let mut frames: Vec<AudioFrame> = Vec::new();
        for speaker in &self.speakers {
            frames.push(next_of(speaker, self.format.sample_rate, &mut self.positions));
        }
        let length = (self.format.sample_rate / FRAMES_A_SECOND) as usize;
        let mixed = mix(length, &frames);
        if self.format.is_mixed {
            return (vec![AudioFrame { speaker: None, samples: mixed.clone() }], mixed);
        }
        // Stable: speakers of equal loudness stay in the order in which they joined.
        frames.sort_by_key(|frame| std::cmp::Reverse(frame.loudness()));
        frames.truncate(DOMINANT_SPEAKERS);
        (frames, mixed)
    }
}

fn next_of(speaker: &Speaker, rate: u32, positions: &mut BTreeMap<String, u64>) -> AudioFrame {
    let count = rate / FRAMES_A_SECOND;
    let position = positions.entry(speaker.raw_id.clone()).or_default();
    let samples = voice::samples(&speaker.voice, rate, *position, count as usize);
    *position += u64::from(count);
    AudioFrame { speaker: Some(speaker.raw_id.clone()), samples }
}

/// The sum, as loud as 16 bits allow.
fn mix(length: usize, frames: &[AudioFrame]) -> Vec<i16> {
    let mut mixed = vec![0_i16; length];
    for frame in frames {
        for (sum, sample) in mixed.iter_mut().zip(&frame.samples) {
            *sum = sum.saturating_add(*sample);
        }
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Sound, Voice};

    fn mixer(is_mixed: bool) -> Mixer {
        let sample_rate = 16_000;
        Mixer::new(AudioFormat { sample_rate, is_mixed, is_bidirectional: false, has_tones: false })
    }

    fn speaker(raw_id: &str, level: i16) -> Speaker {
        let sound = Sound { rate: 16_000, samples: vec![level; 400].into() };
        Speaker { raw_id: raw_id.to_owned(), voice: Voice::Recording { sound, repeats: false } }
    }

    #[test]
    fn a_mixed_frame_is_the_sum_without_a_participant() {
        let mut mixer = mixer(true);
        mixer.set_speakers(vec![speaker("a", 20_000), speaker("b", 20_000), speaker("c", -9_000)]);
        let (frames, mixed) = mixer.next_frames();
        assert_eq!(frames, [AudioFrame { speaker: None, samples: mixed }]);
        assert_eq!((frames[0].samples.len(), frames[0].samples[0]), (320, 23_767));
    }

    #[test]
    fn an_unmixed_stream_carries_the_loudest_four() {
        let mut mixer = mixer(false);
        let level = |index: i16| speaker(&index.to_string(), index * 100);
        mixer.set_speakers([1, 5, 2, 4, 3].map(level).to_vec());
        let (frames, _) = mixer.next_frames();
        let speakers: Vec<_> = frames.iter().map(|frame| frame.speaker.clone().unwrap()).collect();
        assert_eq!(speakers, ["5", "4", "3", "2"]);
    }

    #[test]
    fn a_speaker_goes_on_where_it_was() {
        let mut mixer = mixer(true);
        mixer.set_speakers(vec![speaker("a", 10)]);
        mixer.next_frames();
        mixer.set_speakers(Vec::new());
        assert!(mixer.next_frames().0[0].is_silent());
        mixer.set_speakers(vec![speaker("a", 10)]);
        // 400 samples are a frame and a quarter.
        let (frames, _) = mixer.next_frames();
        assert_eq!(frames[0].samples.iter().filter(|sample| **sample == 10).count(), 80);
        assert!(mixer.next_frames().0[0].is_silent());
    }

    #[test]
    fn without_speakers_there_is_silence() {
        assert_eq!(mixer(true).next_frames().0.len(), 1);
        assert_eq!(mixer(false).next_frames().0, []);
    }
}
