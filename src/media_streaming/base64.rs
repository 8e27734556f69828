//! Decodes base64 with the fastest instructions of the processor.

use std::sync::LazyLock;

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use base64::alphabet;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use base64::engine::GeneralPurpose as FastestEngine;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use base64::engine::Simd as FastestEngine;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use base64::{DecodeSliceError, Engine};

use super::error::FrameError;
use super::scan::JsonText;

static ENGINE: LazyLock<FastestEngine> = LazyLock::new(|| {
    let padding = DecodePaddingMode::Indifferent;
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(padding);
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    return FastestEngine::standard(config);
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    return FastestEngine::new(&alphabet::STANDARD, config);
});

/// The number of characters with escapes that are decoded at once; a multiple of four.
const CHUNK: usize = 1024;

/// Returns the maximum length of the decoded text in bytes.
pub(super) fn decoded_len(text: &JsonText<'_>) -> usize {
    let padding = text.raw.bytes().rev().take(2).filter(|byte| *byte == b'=').count();
    let characters = text.raw.len() - padding;
    characters / 4 * 3 + (characters % 4 * 3) / 4
}

/// Decodes a text into `buffer` and returns the length of the result.
pub(super) fn decode(text: &JsonText<'_>, buffer: &mut [u8]) -> Result<usize, FrameError> {
    match text.has_escapes {
        false => decode_part(text.raw.as_bytes(), buffer, 0),
        true => decode_escaped(text.raw, buffer),
    }
}

pub(super) fn encode(bytes: &[u8], text: &mut String) {
    ENGINE.encode_string(bytes, text);
}

fn decode_part(part: &[u8], buffer: &mut [u8], written: usize) -> Result<usize, FrameError> {
    let length = buffer.len();
    ENGINE.decode_slice(part, &mut buffer[written..]).map_err(|error| match error {
        DecodeSliceError::DecodeError(error) => FrameError::not_base64(error),
        DecodeSliceError::OutputSliceTooSmall => {
            FrameError::buffer_too_short(length, written + part.len().div_ceil(4) * 3)
        }
    })
}

/// Decodes a text with escapes, since some JSON libraries escape `+` and `/`. The escapes are
/// removed chunk by chunk, on the stack.
fn decode_escaped(raw: &str, buffer: &mut [u8]) -> Result<usize, FrameError> {
    let (mut chunk, mut filled, mut written) = ([0; CHUNK], 0, 0);
    let mut rest = raw.as_bytes();
    while let Some((character, after)) = next_character(rest) {
        rest = after;
        chunk[filled] = character.ok_or_else(|| {
            FrameError::not_base64("it has an escape other than those of ASCII characters")
        })?;
        filled += 1;
        if filled == CHUNK {
            written += decode_part(&chunk, buffer, written)?;
            filled = 0;
        }
    }
    Ok(written + decode_part(&chunk[..filled], buffer, written)?)
}

/// Returns the next character and the rest of the text. The character is `None` if it is not one
/// of base64.
fn next_character(text: &[u8]) -> Option<(Option<u8>, &[u8])> {
    Some(match text {
        [] => return None,
        [b'\\', b'/', rest @ ..] => (Some(b'/'), rest),
        [b'\\', b'u', digits @ ..] if digits.len() >= 4 => (escaped(&digits[..4]), &digits[4..]),
        [b'\\', rest @ ..] => (None, rest),
        [character, rest @ ..] => (Some(*character), rest),
    })
}

fn escaped(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok().filter(|text| !text.starts_with('+'))?;
    u8::try_from(u16::from_str_radix(digits, 16).ok()?).ok()
}
