//! The same work by acs-rest, and by serde_json and base64 as a user writes it.

use acs_rest::media_streaming::{Frame, write_audio};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// 20 ms at 16 kHz.
const PCM_LENGTH: usize = 640;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Job {
    ReadOurs,
    ReadSerde,
    WriteOurs,
    WriteSerde,
}

impl Job {
    const ALL: [Self; 4] = [Self::ReadOurs, Self::ReadSerde, Self::WriteOurs, Self::WriteSerde];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ReadOurs => "read, acs-rest",
            Self::ReadSerde => "read, serde_json and base64",
            Self::WriteOurs => "written, acs-rest",
            Self::WriteSerde => "written, serde_json and base64",
        }
    }

    /// Of the audio that is read, or of the frame that is written.
    pub(crate) fn expected_length(self) -> usize {
        match self {
            Self::ReadOurs | Self::ReadSerde => PCM_LENGTH,
            Self::WriteOurs | Self::WriteSerde => 934,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Received {
    kind: String,
    audio_data: ReceivedAudio,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReceivedAudio {
    timestamp: String,
    #[serde(rename = "participantRawID")]
    participant_raw_id: String,
    data: String,
    silent: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Sent<'a> {
    kind: &'a str,
    audio_data: SentAudio,
    stop_audio: Option<()>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SentAudio {
    data: String,
    is_silent: bool,
}

/// Noise: every character of base64 occurs.
pub(crate) fn pcm() -> Vec<u8> {
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..PCM_LENGTH).map(|_| noise()).collect()
}

/// The frame that the service sends.
pub(crate) fn frame() -> String {
    let data = STANDARD.encode(pcm());
    format!(
        r#"{{"kind":"AudioData","audioData":{{"timestamp":"2024-11-15T19:16:12.925Z","participantRawID":"8:acs:b9614373-fd0b-480c-8fd2-cb58b70eab9f_da7be3a9-8788-42a6-85c6-56b2cf784fce","data":"{data}","silent":false}}}}"#
    )
}

pub(crate) fn read_ours(frame: &str, audio: &mut [u8]) -> usize {
    match Frame::parse(frame.as_bytes()) {
        Ok(Frame::AudioData(data)) => data.decode_into(audio).unwrap_or_default(),
        _ => 0,
    }
}

pub(crate) fn read_serde(frame: &str) -> usize {
    let Ok(frame) = serde_json::from_slice::<Received>(frame.as_bytes()) else { return 0 };
    let audio = frame.audio_data;
    let is_whole = !frame.kind.is_empty()
        && !audio.timestamp.is_empty()
        && !audio.participant_raw_id.is_empty()
        && !audio.silent;
    STANDARD.decode(audio.data).map_or(0, |pcm| if is_whole { pcm.len() } else { 0 })
}

pub(crate) fn write_ours(pcm: &[u8], frame: &mut String) -> usize {
    write_audio(frame, pcm);
    frame.len()
}

pub(crate) fn write_serde(pcm: &[u8]) -> usize {
    let audio_data = SentAudio { data: STANDARD.encode(pcm), is_silent: false };
    let frame = Sent { kind: "AudioData", audio_data, stop_audio: None };
    serde_json::to_string(&frame).map_or(0, |frame| frame.len())
}
