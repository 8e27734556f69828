//! The messages of a streaming socket: audio, keys and transcripts of a call. Introduced in API
//! version 2025-05-15.
//!
//! The service opens a WebSocket to the `transport_url` of the streaming options, and sends text
//! frames, each of which is a JSON object: first the metadata, then 50 frames of audio per second.
//! [`Frame::parse`] reads the frames that a WebSocket library receives. [`write_audio`] writes the
//! frames to send, and a [`Playback`] determines when to send them. An `AudioSocket` (feature
//! `audio-socket`) does both. `webhook::WebhookVerifier::verify_upgrade` authenticates the request
//! that opens the socket.
//!
//! ```
//! use acs_rest::media_streaming::{Frame, STOP_AUDIO, write_audio};
//!
//! /// Plays what a participant says back to the call, and returns the frame to send.
//! fn echo<'a>(received: &str, pcm: &mut Vec<u8>, frame: &'a mut String) -> Option<&'a str> {
//!     match Frame::parse(received) {
//!         Ok(Frame::AudioData(audio)) if !audio.is_silent() => {
//!             pcm.clear();
//!             audio.append_to(pcm).ok()?;
//!             write_audio(frame, pcm);
//!             Some(frame)
//!         }
//!         Ok(Frame::DtmfData(_)) => Some(STOP_AUDIO),
//!         Ok(_) => None,
//!         Err(error) => {
//!             eprintln!("{error}"); // the next frame can still be read
//!             None
//!         }
//!     }
//! }
//!
//! let (mut pcm, mut frame) = (Vec::new(), String::new());
//! let received = r#"{"kind":"AudioData","audioData":{"data":"AQACAA==","silent":false}}"#;
//! let sent = echo(received, &mut pcm, &mut frame).unwrap();
//! assert!(sent.contains("AQACAA=="));
//! ```
//!
//! Audio is PCM with 16 bits per sample, little endian, mono: 640 bytes per frame at 16 kHz, 960 at
//! 24 kHz. Reading and writing audio does not allocate once the caller's buffers have grown.
//!
//! Source: <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/audio-streaming-concept>
//! and <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/real-time-transcription-tutorial>.

mod audio;
mod base64;
mod dtmf;
mod error;
mod frame;
mod mark;
mod outbound;
mod playback;
mod scan;
#[cfg(feature = "audio-socket")]
mod socket;
mod transcription;
mod wire;

pub use self::audio::{AudioData, AudioMetadata};
pub use self::dtmf::DtmfData;
pub use self::error::{FrameError, FrameErrorKind};
pub use self::frame::{Frame, MAX_FRAME_LENGTH, UnknownFrame};
pub use self::mark::{MarkData, MarkStatus};
pub use self::outbound::{STOP_AUDIO, write_audio, write_base64_audio};
pub use self::playback::{FRAME_DURATION, Playback, PlaybackStep};
#[cfg(feature = "audio-socket")]
pub use self::socket::{
    AudioSender, AudioSocket, AudioSocketClosed, AudioSocketEnd, AudioSocketSettings, ReceivedFrame,
};
pub use self::transcription::{
    PiiRedactionOptions, SentimentAnalysisResult, TranscribedWord, TranscriptionData,
    TranscriptionMetadata, TranscriptionResultStatus,
};
use self::wire::{raw_id, ticks};
