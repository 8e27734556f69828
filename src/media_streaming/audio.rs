//! The audio that the service streams.

use std::borrow::Cow;
use std::fmt;

use time::OffsetDateTime;

use super::base64::{decode, decoded_len};
use super::error::FrameError;
use super::scan::{JsonText, Scanner};
use crate::event::model::event_data;
use crate::{CommunicationIdentifier, timestamp};

event_data! {
    /// The format of the audio: the first frame of an audio stream.
    #[derive(Eq)]
    pub struct AudioMetadata {
        /// The id of the stream.
        subscription_id: String,
        /// The encoding, such as `PCM`: 16 bits per sample, little endian.
        encoding: String,
        /// The samples per second: 16,000 or 24,000.
        sample_rate: u32,
        /// The number of channels: 1.
        channels: u16,
        /// The length of the audio in a frame, in bytes: 640 at 16 kHz, 960 at 24 kHz.
        length: u32,
    }
}

/// A frame of 20 ms of audio, which is decoded on request and without an allocation.
///
/// ```
/// use acs_rest::media_streaming::Frame;
///
/// # let frame = br#"{"kind":"AudioData","audioData":{"timestamp":"2024-11-15T19:16:12.925Z",
/// #   "participantRawID":"8:acs:r_u","data":"AQACAA==","silent":false}}"#;
/// let mut buffer = [0; 1024];
/// if let Frame::AudioData(audio) = Frame::parse(frame)? {
///     let length = audio.decode_into(&mut buffer)?;
///     assert_eq!(buffer[..length], [1, 0, 2, 0]);
///     // A model that takes base64 can use the text unchanged.
///     assert_eq!(audio.base64().unwrap(), "AQACAA==");
/// }
/// # Ok::<(), acs_rest::media_streaming::FrameError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AudioData<'a> {
    timestamp: Option<JsonText<'a>>,
    participant: Option<JsonText<'a>>,
    data: JsonText<'a>,
    is_silent: bool,
}

impl<'a> AudioData<'a> {
    /// Returns when the audio was recorded, or `None` if the frame has no valid RFC 3339 timestamp.
    #[must_use]
    pub fn timestamp(&self) -> Option<OffsetDateTime> {
        let text = self.timestamp.as_ref()?.decoded()?;
        timestamp::parse(&text).filter(timestamp::is_set)
    }

    /// Returns the participant who is speaking, in an unmixed stream. This method allocates;
    /// [`participant_raw_id`](Self::participant_raw_id) usually does not.
    #[must_use]
    pub fn participant(&self) -> Option<CommunicationIdentifier> {
        self.participant_raw_id().map(CommunicationIdentifier::from_raw_id)
    }

    /// Returns the raw id of the participant who is speaking, in an unmixed stream. It is borrowed
    /// from the frame, unless it contains escapes.
    #[must_use]
    pub fn participant_raw_id(&self) -> Option<Cow<'a, str>> {
        self.participant.as_ref()?.decoded().filter(|raw_id| !raw_id.is_empty())
    }

    /// Returns whether the audio is silence.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.is_silent
    }

    /// Returns the audio as base64, which is borrowed from the frame, unless it contains escapes.
    /// Returns `None` if an escape is not valid in JSON.
    #[must_use]
    pub fn base64(&self) -> Option<Cow<'a, str>> {
        self.data.decoded()
    }

    /// Returns the length of the audio in bytes, or an upper bound if the base64 contains escapes.
    #[must_use]
    pub fn decoded_len(&self) -> usize {
        decoded_len(&self.data)
    }

    /// Decodes the audio into `buffer`, and returns its length in bytes. Padding (`=`) is optional.
    ///
    /// # Errors
    /// If the buffer is shorter than the audio, or the audio is not base64.
    pub fn decode_into(&self, buffer: &mut [u8]) -> Result<usize, FrameError> {
        decode(&self.data, buffer)
    }

    /// Decodes the audio and appends it to `audio`, which allocates only if its capacity must grow.
    ///
    /// # Errors
    /// If the audio is not base64. `audio` is then unchanged.
    pub fn append_to(&self, audio: &mut Vec<u8>) -> Result<(), FrameError> {
        let start = audio.len();
        audio.resize(start + self.decoded_len(), 0);
        let length = decode(&self.data, &mut audio[start..]);
        audio.truncate(start + length.as_ref().copied().unwrap_or_default());
        length.map(drop)
    }

    /// Reads the object in the field `audioData`. Returns `None` for any other value.
    pub(super) fn read(scanner: &mut Scanner<'a>) -> Result<Option<Self>, FrameError> {
        if !scanner.object() {
            scanner.value()?;
            return Ok(None);
        }
        let empty = JsonText { raw: "", has_escapes: false };
        let mut audio = Self { timestamp: None, participant: None, data: empty, is_silent: false };
        let mut is_first = true;
        while let Some(name) = scanner.field(is_first)? {
            is_first = false;
            if name.is("data") {
                audio.data =
                    scanner.optional_string()?.map_or_else(|| null(scanner, "data", empty), Ok)?;
            } else if name.is("participantRawID") || name.is("participant") {
                audio.participant = optional(scanner)?;
            } else if name.is("timestamp") {
                audio.timestamp = optional(scanner)?;
            } else if name.is("silent") || name.is("isSilent") {
                let silent = scanner.optional_bool();
                audio.is_silent = silent.map_or_else(|| null(scanner, "silent", false), Ok)?;
            } else {
                scanner.value()?;
            }
        }
        Ok(Some(audio))
    }
}

/// Reads a string; any other value counts as absent.
fn optional<'a>(scanner: &mut Scanner<'a>) -> Result<Option<JsonText<'a>>, FrameError> {
    let text = scanner.optional_string()?;
    if text.is_none() {
        scanner.value()?;
    }
    Ok(text)
}

/// Reads `null` as the default; any other value is an error.
fn null<T>(scanner: &mut Scanner<'_>, field: &str, default: T) -> Result<T, FrameError> {
    match scanner.value()? {
        "null" => Ok(default),
        other => Err(FrameError::invalid_field(field, format_args!("unexpected value {other}"))),
    }
}

impl fmt::Debug for AudioData<'_> {
    /// Shows the length of the audio instead of the audio.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AudioData")
            .field("timestamp", &self.timestamp())
            .field("participant", &self.participant())
            .field("length", &self.decoded_len())
            .field("is_silent", &self.is_silent)
            .finish()
    }
}
