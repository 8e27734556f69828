//! Frames for the service: audio to play, and the command to stop it.

use super::base64::encode;
use super::error::FrameError;

/// The frame that stops the current audio, for example because the participant began to speak.
///
/// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/audio-streaming-quickstart>.
pub const STOP_AUDIO: &str = r#"{"Kind":"StopAudio","AudioData":null,"StopAudio":{}}"#;

const AUDIO_START: &str = r#"{"Kind":"AudioData","AudioData":{"Data":""#;
const AUDIO_END: &str = r#"","IsSilent":false},"StopAudio":null}"#;

/// Writes the frame that plays `pcm` (16 bits per sample, little endian, mono) into `frame`,
/// replacing its content. Reuse `frame` to avoid allocations.
///
/// The stream must have been started with `enable_bidirectional`. The names of the fields are those
/// that the .NET library writes; the service ignores their case.
///
/// ```
/// use acs_rest::media_streaming::{Frame, write_audio};
///
/// let mut frame = String::new();
/// write_audio(&mut frame, &[1, 0, 2, 0]);
/// assert_eq!(
///     frame,
///     r#"{"Kind":"AudioData","AudioData":{"Data":"AQACAA==","IsSilent":false},"StopAudio":null}"#
/// );
/// ```
///
/// Source: <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/audio-streaming-concept>.
pub fn write_audio(frame: &mut String, pcm: &[u8]) {
    frame.clear();
    frame.reserve(AUDIO_START.len() + pcm.len().div_ceil(3) * 4 + AUDIO_END.len());
    frame.push_str(AUDIO_START);
    encode(pcm, frame);
    frame.push_str(AUDIO_END);
}

/// Writes the frame that plays audio that is already encoded as base64, as speech models return it.
///
/// # Errors
/// If the text contains a character that is not base64. `frame` is then empty.
pub fn write_base64_audio(frame: &mut String, base64: &str) -> Result<(), FrameError> {
    frame.clear();
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if let Some(position) = base64.bytes().position(|byte| !is_base64(byte)) {
        return Err(FrameError::not_base64(format_args!(
            "character {position} is not a base64 character"
        )));
    }
    frame.reserve(AUDIO_START.len() + base64.len() + AUDIO_END.len());
    frame.push_str(AUDIO_START);
    frame.push_str(base64);
    frame.push_str(AUDIO_END);
    Ok(())
}
