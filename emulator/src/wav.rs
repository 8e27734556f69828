//! WAV files: PCM with 16 bits a sample.

use std::sync::Arc;

use crate::network::Sound;

/// The length of the header of a file that [`header`] begins.
pub(crate) const HEADER_BYTES: usize = 44;

/// The header of a file with `bytes` bytes of samples.
pub(crate) fn header(rate: u32, channels: u16, bytes: u32) -> [u8; HEADER_BYTES] {
    let block = channels * 2;
    let parts: [&[u8]; 13] = [
        b"RIFF",
        &(bytes.saturating_add(36)).to_le_bytes(),
        b"WAVE",
        b"fmt ",
        &16_u32.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &channels.to_le_bytes(),
        &rate.to_le_bytes(),
        &(rate * u32::from(block)).to_le_bytes(),
        &block.to_le_bytes(),
        &16_u16.to_le_bytes(),
        b"data",
        &bytes.to_le_bytes(),
    ];
    let mut header = [0; HEADER_BYTES];
    for (place, byte) in header.iter_mut().zip(parts.into_iter().flatten()) {
        *place = *byte;
    }
    header
}

/// Reads a file of one or two channels, which are mixed into one.
pub(crate) fn read(file: &[u8]) -> Result<Sound, String> {
    let chunks = file.strip_prefix(b"RIFF").and_then(|rest| rest.get(4..));
    let chunks = chunks.and_then(|rest| rest.strip_prefix(b"WAVE"));
    let mut rest = chunks.ok_or("it is not a WAV file")?;
    let mut format = None;
    while let Some((name, content, after)) = chunk(rest) {
        match name {
            b"fmt " => format = Some(read_format(content)?),
            b"data" => {
                let (rate, channels) = format.ok_or("its `fmt ` chunk is missing")?;
                return Ok(Sound { rate, samples: read_samples(content, channels) });
            }
            _ => {}
        }
        rest = after;
    }
    Err("its `data` chunk is missing".to_owned())
}

/// Name and content of the first chunk, and what follows it. A chunk that is cut off ends there.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (name, rest) = bytes.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let (content, after) = rest.split_at(length.min(rest.len()));
    // A chunk of odd length is padded.
    Some((name, content, after.get(length % 2..).unwrap_or_default()))
}

/// Samples a second, and channels.
fn read_format(chunk: &[u8]) -> Result<(u32, usize), String> {
    /// `WAVE_FORMAT_PCM`, and `WAVE_FORMAT_EXTENSIBLE` that leads to it.
    const PCM: [u16; 2] = [1, 0xfffe];
    let number = |at: usize| Some(u16::from_le_bytes([*chunk.get(at)?, *chunk.get(at + 1)?]));
    let [Some(tag), Some(channels), Some(low), Some(high), Some(bits)] =
        [0, 2, 4, 6, 14].map(number)
    else {
        return Err("its `fmt ` chunk is too short".to_owned());
    };
    if !PCM.contains(&tag) || bits != 16 || !(1..=2).contains(&channels) {
        return Err("it is not PCM with 16 bits and one or two channels; convert it with \
                    `ffmpeg -i FILE -ac 1 -c:a pcm_s16le OUT.wav`"
            .to_owned());
    }
    let rate = u32::from(low) | u32::from(high) << 16;
    if !(1_000..=192_000).contains(&rate) {
        return Err("its sample rate is not within 1 and 192 kHz".to_owned());
    }
    Ok((rate, channels.into()))
}

fn read_samples(bytes: &[u8], channels: usize) -> Arc<[i16]> {
    let sample = |frame: &[u8]| {
        let samples = frame.chunks_exact(2).map(|s| i32::from(i16::from_le_bytes([s[0], s[1]])));
        let channels = i32::try_from(channels).unwrap_or(1);
        i16::try_from(samples.sum::<i32>() / channels).unwrap_or_default()
    };
    bytes.chunks_exact(channels * 2).map(sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(rate: u32, channels: u16, samples: &[i16]) -> Vec<u8> {
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let length = u32::try_from(bytes.len()).unwrap();
        [&header(rate, channels, length)[..], &bytes].concat()
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let sound = read(&file(24_000, 1, &[1, -2, 3])).unwrap();
        assert_eq!((sound.rate, &*sound.samples), (24_000, &[1, -2, 3][..]));
        let sound = read(&file(8_000, 2, &[1, 3, -5, -7])).unwrap();
        assert_eq!((sound.rate, &*sound.samples), (8_000, &[2, -6][..]));
    }

    #[test]
    fn other_chunks_are_skipped_and_a_cut_file_ends_early() {
        let mut odd = file(16_000, 1, &[7, 8]);
        odd.splice(12..12, *b"LIST\x03\0\0\0abc\0");
        assert_eq!(&*read(&odd).unwrap().samples, &[7, 8]);
        odd.pop();
        assert_eq!(&*read(&odd).unwrap().samples, &[7]);
    }

    #[test]
    fn an_unreadable_file_is_named() {
        let good = file(16_000, 1, &[1]);
        let changed = |at: usize, byte: u8| {
            let mut file = good.clone();
            file[at] = byte;
            file
        };
        for (file, why) in [
            (b"hello".to_vec(), "not a WAV"),
            (Vec::new(), "not a WAV"),
            (good[..36].to_vec(), "`data` chunk"),
            (good[..30].to_vec(), "too short"),
            (changed(20, 3), "ffmpeg"),
            (changed(22, 6), "ffmpeg"),
            (changed(34, 8), "ffmpeg"),
            (changed(25, 0), "sample rate"),
            (changed(12, b'x'), "`fmt ` chunk"),
        ] {
            let error = read(&file).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
