//! The voice of a person, sample by sample.

use crate::network::{Sound, Voice};

/// A quarter of the loudest.
const AMPLITUDE: f64 = 8192.0;

/// The samples from number `start` on, at `rate` samples a second.
pub(super) fn samples(voice: &Voice, rate: u32, start: u64, count: usize) -> Vec<i16> {
    match voice {
        Voice::Silence => vec![0; count],
        Voice::Tone(hertz) => {
            (start..).take(count).map(|number| sine(*hertz, rate, number)).collect()
        }
        Voice::Recording { sound, repeats } => of_sound(sound, *repeats, rate, start, count),
    }
}

/// The samples of a sound from number `start` on, at `rate` samples a second.
pub(super) fn of_sound(
    sound: &Sound,
    repeats: bool,
    rate: u32,
    start: u64,
    count: usize,
) -> Vec<i16> {
    (start..).take(count).map(|number| resampled(sound, repeats, rate, number)).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "the amplitude is within 16 bits")]
fn sine(hertz: u32, rate: u32, number: u64) -> i16 {
    // The same in each second, and exact however long it lasts.
    let turns = number % u64::from(rate) * u64::from(hertz) % u64::from(rate);
    let turns = u32::try_from(turns).map_or(0.0, |turns| f64::from(turns) / f64::from(rate));
    ((turns * std::f64::consts::TAU).sin() * AMPLITUDE) as i16
}

/// A sample of a recording at another rate, interpolated between its neighbours.
fn resampled(sound: &Sound, repeats: bool, rate: u32, number: u64) -> i16 {
    let (rate, own) = (u64::from(rate), u64::from(sound.rate));
    let at = number.saturating_mul(own);
    let part = i64::try_from(at % rate).unwrap_or_default();
    let whole = at / rate;
    let one = i64::from(sample(sound, repeats, whole));
    let next = i64::from(sample(sound, repeats, whole + 1));
    let rate = i64::try_from(rate).unwrap_or(1);
    i16::try_from(one + (next - one) * part / rate).unwrap_or_default()
}

/// Silence after the end, unless the recording repeats.
fn sample(sound: &Sound, repeats: bool, number: u64) -> i16 {
    let length = u64::try_from(sound.samples.len()).unwrap_or(u64::MAX);
    let number = if repeats && length > 0 { number % length } else { number };
    let index = usize::try_from(number).unwrap_or(usize::MAX);
    sound.samples.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording(repeats: bool) -> Voice {
        let sound = Sound { rate: 8_000, samples: [0, 100, 200].into() };
        Voice::Recording { sound, repeats }
    }

    #[test]
    fn a_tone_crosses_zero_twice_in_each_period() {
        let tone = samples(&Voice::Tone(400), 16_000, 0, 16_000);
        let crossings = tone.windows(2).filter(|pair| pair[0] < 0 && pair[1] >= 0).count();
        assert_eq!(crossings, 399);
        assert_eq!(samples(&Voice::Tone(400), 16_000, 320, 320), tone[320..640]);
    }

    #[test]
    fn a_recording_is_resampled() {
        assert_eq!(samples(&recording(false), 16_000, 0, 7), [0, 50, 100, 150, 200, 100, 0]);
        assert_eq!(samples(&recording(false), 8_000, 1, 3), [100, 200, 0]);
    }

    #[test]
    fn a_recording_ends_unless_it_repeats() {
        assert_eq!(samples(&recording(false), 8_000, u64::MAX - 1, 1), [0]);
        assert_eq!(samples(&recording(true), 8_000, 2, 3), [200, 0, 100]);
    }
}
