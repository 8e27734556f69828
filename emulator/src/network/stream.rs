//! One stream of a connection: its settings and its state.

use serde_json::{Value, json};
use uuid::Uuid;

use super::result::ReplyTo;

/// The kind of data that a socket carries.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum StreamKind {
    Audio,
    Transcription,
}

/// The field of a call's set-up that asks for a stream.
impl StreamKind {
    pub(super) fn options_field(self) -> &'static str {
        match self {
            Self::Audio => "mediaStreamingOptions",
            Self::Transcription => "transcriptionOptions",
        }
    }
}

/// The id of a socket.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct StreamId {
    pub(crate) connection: String,
    pub(crate) kind: StreamKind,
}

/// The settings of a stream, which are part of the request that creates the call.
#[derive(Clone, Debug)]
pub(crate) struct StreamSettings {
    pub(crate) url: String,
    /// Whether it starts with the call.
    pub(crate) starts: bool,
    pub(crate) format: StreamFormat,
}

/// The format of the data on the socket.
#[derive(Clone, Debug)]
pub(crate) enum StreamFormat {
    Audio(AudioFormat),
    Transcription { locale: String, has_intermediate_results: bool },
}

impl StreamFormat {
    pub(crate) fn kind(&self) -> StreamKind {
        match self {
            Self::Audio(_) => StreamKind::Audio,
            Self::Transcription { .. } => StreamKind::Transcription,
        }
    }
}

/// 16 bits, one channel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AudioFormat {
    /// Samples a second.
    pub(crate) sample_rate: u32,
    /// Whether the audio of all participants is mixed into one frame.
    pub(crate) is_mixed: bool,
    /// Whether the application can send audio.
    pub(crate) is_bidirectional: bool,
    /// Whether keys that people press are sent.
    pub(crate) has_tones: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum StreamState {
    Inactive,
    /// The socket is being opened.
    Opening,
    Active,
}

#[derive(Debug)]
pub(super) struct Stream {
    pub(super) settings: StreamSettings,
    pub(super) id: String,
    pub(super) state: StreamState,
    /// The recipient of the operation that started it last.
    pub(super) reply_to: ReplyTo,
    /// The offset of the next transcribed word, in ticks of 100 ns.
    offset: u64,
}

impl Stream {
    pub(super) fn new(settings: StreamSettings) -> Self {
        Self {
            settings,
            id: Uuid::new_v4().to_string(),
            state: StreamState::Inactive,
            reply_to: ReplyTo::default(),
            offset: 0,
        }
    }

    pub(super) fn audio(&self) -> Option<AudioFormat> {
        match self.settings.format {
            StreamFormat::Audio(format) => Some(format),
            StreamFormat::Transcription { .. } => None,
        }
    }

    pub(super) fn set_locale(&mut self, text: &str) {
        if let StreamFormat::Transcription { locale, .. } = &mut self.settings.format {
            text.clone_into(locale);
        }
    }

    /// The field of `CallConnectionProperties` and its value: `MediaStreamingSubscription` or
    /// `TranscriptionSubscription`.
    pub(super) fn subscription(&self) -> (&'static str, Value) {
        let state = if self.state == StreamState::Active { "active" } else { "inactive" };
        match &self.settings.format {
            StreamFormat::Audio(_) => (
                "mediaStreamingSubscription",
                json!({ "id": self.id, "state": state, "subscribedContentTypes": ["audio"] }),
            ),
            StreamFormat::Transcription { locale, has_intermediate_results } => {
                let types: &[&str] =
                    if *has_intermediate_results { &["final", "intermediate"] } else { &["final"] };
                let value = json!({
                    "id": self.id,
                    "state": state,
                    "subscribedResultTypes": types,
                    "locale": locale,
                });
                ("transcriptionSubscription", value)
            }
        }
    }

    /// The first frame.
    pub(super) fn metadata(&self, connection: &str, correlation_id: &str) -> Value {
        match &self.settings.format {
            StreamFormat::Audio(format) => json!({ "kind": "AudioMetadata", "audioMetadata": {
                "subscriptionId": self.id,
                "encoding": "PCM",
                "sampleRate": format.sample_rate,
                "channels": 1,
                "length": format.sample_rate / 50 * 2,
            } }),
            StreamFormat::Transcription { locale, .. } => json!({
                "kind": "TranscriptionMetadata",
                "transcriptionMetadata": {
                    "subscriptionId": self.id,
                    "locale": locale,
                    "callConnectionId": connection,
                    "correlationId": correlation_id,
                },
            }),
        }
    }

    /// The frames that transcribe a person's speech.
    pub(super) fn transcribe(&mut self, raw_id: &str, text: &str) -> Vec<Value> {
        /// The duration of a word in ticks: 0.4 seconds.
        const WORD: u64 = 4_000_000;
        let StreamFormat::Transcription { has_intermediate_results, .. } = self.settings.format
        else {
            return Vec::new();
        };
        let start = self.offset;
        let words: Vec<Value> = text
            .split_whitespace()
            .zip(0_u64..)
            .map(|(word, index)| {
                json!({ "text": word, "offset": start + index * WORD, "duration": WORD })
            })
            .collect();
        let duration = WORD.saturating_mul(words.len().try_into().unwrap_or(u64::MAX));
        self.offset = start.saturating_add(duration);
        let frame = |status: &str| {
            json!({ "kind": "TranscriptionData", "transcriptionData": {
                "text": text,
                "format": "display",
                "confidence": 0.95,
                "offset": start,
                "duration": duration,
                "words": words,
                "participantRawID": raw_id,
                "resultStatus": status,
            } })
        };
        let intermediate = has_intermediate_results.then(|| frame("Intermediate"));
        intermediate.into_iter().chain([frame("Final")]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcription(has_intermediate_results: bool) -> Stream {
        let format =
            StreamFormat::Transcription { locale: "en-US".to_owned(), has_intermediate_results };
        Stream::new(StreamSettings { url: String::new(), starts: true, format })
    }

    #[test]
    fn words_follow_each_other() {
        let mut stream = transcription(false);
        let first = stream.transcribe("4:+1", "Yes, please.");
        let second = stream.transcribe("4:+1", "now");
        assert_eq!((first.len(), second.len()), (1, 1));
        let data = &first[0]["transcriptionData"];
        assert_eq!((&data["offset"], &data["duration"]), (&0.into(), &8_000_000.into()));
        assert_eq!(data["words"][1]["offset"], 4_000_000);
        assert_eq!(second[0]["transcriptionData"]["offset"], 8_000_000);
    }

    #[test]
    fn intermediate_results_come_first_if_enabled() {
        let frames = transcription(true).transcribe("4:+1", "yes");
        let statuses: Vec<_> =
            frames.iter().map(|frame| &frame["transcriptionData"]["resultStatus"]).collect();
        assert_eq!(statuses, ["Intermediate", "Final"]);
    }

    #[test]
    fn an_audio_stream_states_the_length_of_a_frame() {
        for (sample_rate, length) in [(16_000, 640), (24_000, 960)] {
            let format = AudioFormat {
                sample_rate,
                is_mixed: true,
                is_bidirectional: false,
                has_tones: false,
            };
            let format = StreamFormat::Audio(format);
            let stream = Stream::new(StreamSettings { url: String::new(), starts: true, format });
            assert_eq!(stream.metadata("c", "k")["audioMetadata"]["length"], length);
        }
    }
}
