//! What the application hears and reads over WebSockets of its own.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Effect, MediaCommand, Network, ReplyTo, ResultInformation, Tone};
use crate::clock::rfc3339_ticks;
use crate::error::ServiceError;

/// What a socket carries.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum StreamKind {
    Audio,
    Transcription,
}

/// `MediaStreamingOptions`.
#[derive(Clone, Debug)]
pub(crate) struct AudioStreaming {
    pub(crate) url: String,
    pub(crate) starts: bool,
    pub(crate) is_mixed: bool,
    pub(crate) sample_rate: u32,
    pub(crate) has_tones: bool,
}

/// `TranscriptionOptions`.
#[derive(Clone, Debug)]
pub(crate) struct TranscriptionStreaming {
    pub(crate) url: String,
    pub(crate) starts: bool,
    pub(crate) locale: String,
    pub(crate) has_intermediate_results: bool,
}

/// One stream of a connection.
#[derive(Debug)]
pub(super) struct Stream<T> {
    pub(super) options: T,
    id: String,
    is_active: bool,
    /// Of the operation that started it last.
    reply_to: ReplyTo,
    /// Of the words that were transcribed, in ticks of 100 ns.
    offset: u64,
}

impl<T> Stream<T> {
    pub(super) fn new(options: T) -> Self {
        let id = Uuid::new_v4().to_string();
        Self { options, id, is_active: false, reply_to: ReplyTo::default(), offset: 0 }
    }

    fn state(&self) -> &'static str {
        if self.is_active { "active" } else { "inactive" }
    }
}

impl Stream<AudioStreaming> {
    /// `MediaStreamingSubscription`.
    pub(super) fn subscription(&self) -> Value {
        json!({ "id": self.id, "state": self.state(), "subscribedContentTypes": ["audio"] })
    }
}

impl Stream<TranscriptionStreaming> {
    /// `TranscriptionSubscription`.
    pub(super) fn subscription(&self) -> Value {
        let mut types = vec!["final"];
        if self.options.has_intermediate_results {
            types.push("intermediate");
        }
        json!({
            "id": self.id,
            "state": self.state(),
            "subscribedResultTypes": types,
            "locale": self.options.locale,
        })
    }
}

impl StreamKind {
    fn event(self, outcome: Outcome) -> &'static str {
        match (self, outcome) {
            (Self::Audio, Outcome::Started) => "MediaStreamingStarted",
            (Self::Audio, Outcome::Stopped) => "MediaStreamingStopped",
            (Self::Audio, _) => "MediaStreamingFailed",
            (Self::Transcription, Outcome::Started) => "TranscriptionStarted",
            (Self::Transcription, Outcome::Stopped) => "TranscriptionStopped",
            (Self::Transcription, Outcome::Updated) => "TranscriptionUpdated",
            (Self::Transcription, Outcome::Failed) => "TranscriptionFailed",
        }
    }

    /// `mediaStreamingUpdate` or `transcriptionUpdate`.
    fn update(self, outcome: Outcome, details: &str) -> Value {
        let status = self.event(outcome);
        let status = format!("{}{}", status[..1].to_lowercase(), &status[1..]);
        match self {
            Self::Audio => json!({ "mediaStreamingUpdate": {
                "contentType": "Audio",
                "mediaStreamingStatus": status,
                "mediaStreamingStatusDetails": details,
            } }),
            Self::Transcription => json!({ "transcriptionUpdate": {
                "transcriptionStatus": status,
                "transcriptionStatusDetails": details,
            } }),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Outcome {
    #[allow(
        dead_code,
        reason = "for the sockets of audio and transcription, which are refused so far"
    )]
    Started,
    Stopped,
    Updated,
    Failed,
}

impl Network {
    /// Starts a stream whose options were given when the call was set up.
    pub(crate) fn start_stream(
        &mut self,
        connection: &str,
        kind: StreamKind,
        locale: Option<&str>,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        self.check_stream(connection, kind)?;
        if let Some(locale) = locale {
            self.set_locale(connection, locale);
        }
        self.set_reply_to(connection, kind, reply_to);
        self.open(connection, kind);
        Ok(())
    }

    pub(crate) fn stop_stream(
        &mut self,
        connection: &str,
        kind: StreamKind,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        self.check_stream(connection, kind)?;
        self.set_reply_to(connection, kind, reply_to);
        self.close(connection, kind);
        self.report_stream(connection, kind, Outcome::Stopped, "subscriptionStopped");
        Ok(())
    }

    pub(crate) fn update_transcription(
        &mut self,
        connection: &str,
        locale: &str,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        let kind = StreamKind::Transcription;
        self.established(connection)?;
        self.check_stream(connection, kind)?;
        self.set_locale(connection, locale);
        self.set_reply_to(connection, kind, reply_to);
        self.report_stream(connection, kind, Outcome::Updated, "transcriptionLocaleUpdated");
        Ok(())
    }

    /// The application accepted a socket.
    #[allow(
        dead_code,
        reason = "for the sockets of audio and transcription, which are refused so far"
    )]
    pub(crate) fn stream_opened(&mut self, connection: &str, kind: StreamKind) {
        if self.set_active(connection, kind, true) {
            self.report_stream(connection, kind, Outcome::Started, "subscriptionStarted");
            self.send_speakers(connection);
        }
    }

    /// The application could not be reached, or closed a socket on its own.
    pub(crate) fn stream_failed(&mut self, connection: &str, kind: StreamKind, was_open: bool) {
        if was_open && !self.is_active(connection, kind) {
            return;
        }
        self.set_active(connection, kind, false);
        let details = match (kind, was_open) {
            (_, true) => "streamConnectionInterrupted",
            (StreamKind::Audio, false) => "initialWebSocketConnectionFailed",
            (StreamKind::Transcription, false) => "streamConnectionUnsuccessful",
        };
        self.report_stream(connection, kind, Outcome::Failed, details);
    }

    /// Opens the streams that start with the call.
    pub(super) fn open_streams(&mut self, connection: &str) {
        let Some(found) = self.connections.get(connection) else { return };
        let audio = found.audio.as_ref().is_some_and(|stream| stream.options.starts);
        let words = found.transcription.as_ref().is_some_and(|stream| stream.options.starts);
        let context =
            ReplyTo { operation_context: found.operation_context.clone(), callback_uri: None };
        for (starts, kind) in [(audio, StreamKind::Audio), (words, StreamKind::Transcription)] {
            if starts {
                self.set_reply_to(connection, kind, context.clone());
                self.open(connection, kind);
            }
        }
    }

    pub(super) fn close_streams(&mut self, connection: &str) {
        self.close(connection, StreamKind::Audio);
        self.close(connection, StreamKind::Transcription);
    }

    /// Tells the sockets of a call whom they carry.
    pub(super) fn update_speakers(&mut self, server_call: &str) {
        let connections = self.call(server_call).map(|call| call.connections.clone());
        connections.into_iter().flatten().for_each(|connection| self.send_speakers(&connection));
    }

    pub(super) fn stream_tone(&mut self, connection: &str, raw_id: &str, tone: Tone) {
        let found = self.connections.get(connection).and_then(|found| found.audio.as_ref());
        if !found.is_some_and(|stream| stream.is_active && stream.options.has_tones) {
            return;
        }
        let frame = json!({ "kind": "DtmfData", "dtmfData": {
            "data": tone.key().to_string(),
            "timestamp": rfc3339_ticks(self.now),
            "participantRawID": raw_id,
        } });
        self.frame(connection, StreamKind::Audio, frame);
    }

    pub(super) fn stream_words(&mut self, connection: &str, raw_id: &str, text: &str) {
        /// Ticks that a word takes: 0.4 seconds.
        const WORD: u64 = 4_000_000;
        let found = self.connections.get_mut(connection);
        let Some(stream) = found.and_then(|found| found.transcription.as_mut()) else { return };
        if !stream.is_active {
            return;
        }
        let start = stream.offset;
        let words: Vec<Value> = text
            .split_whitespace()
            .zip(0_u64..)
            .map(|(word, index)| {
                json!({ "text": word, "offset": start + index * WORD, "duration": WORD })
            })
            .collect();
        let duration = WORD.saturating_mul(words.len().try_into().unwrap_or(u64::MAX));
        stream.offset = start.saturating_add(duration);
        let has_intermediate_results = stream.options.has_intermediate_results;
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
        if has_intermediate_results {
            self.frame(connection, StreamKind::Transcription, frame("Intermediate"));
        }
        self.frame(connection, StreamKind::Transcription, frame("Final"));
    }

    fn open(&mut self, connection: &str, kind: StreamKind) {
        let Some(found) = self.connections.get(connection) else { return };
        let (url, metadata) = match kind {
            StreamKind::Audio => {
                let Some(stream) = &found.audio else { return };
                let rate = stream.options.sample_rate;
                let metadata = json!({ "kind": "AudioMetadata", "audioMetadata": {
                    "subscriptionId": stream.id,
                    "encoding": "PCM",
                    "sampleRate": rate,
                    "channels": 1,
                    "length": rate / 50 * 2,
                } });
                (stream.options.url.clone(), metadata)
            }
            StreamKind::Transcription => {
                let Some(stream) = &found.transcription else { return };
                let metadata = json!({ "kind": "TranscriptionMetadata", "transcriptionMetadata": {
                    "subscriptionId": stream.id,
                    "locale": stream.options.locale,
                    "callConnectionId": connection,
                    "correlationId": found.correlation_id,
                } });
                (stream.options.url.clone(), metadata)
            }
        };
        let connection = connection.to_owned();
        self.media(MediaCommand::Open { connection, kind, url, metadata });
    }

    fn close(&mut self, connection: &str, kind: StreamKind) {
        let connection = connection.to_owned();
        if self.set_active(&connection, kind, false) {
            self.media(MediaCommand::Close { connection, kind });
        }
    }

    fn send_speakers(&mut self, connection: &str) {
        let Some(found) = self.connections.get(connection) else { return };
        let Some(stream) = found.audio.as_ref().filter(|stream| stream.is_active) else { return };
        let is_mixed = stream.options.is_mixed;
        let Some(call) = self.call(&found.server_call_id) else { return };
        let speakers = call.participants().iter().filter(|participant| {
            !participant.is_muted && Some(participant.raw_id()) != found.application_id()
        });
        let speakers = speakers.map(|participant| participant.raw_id().to_owned()).collect();
        let connection = connection.to_owned();
        self.media(MediaCommand::Audio { connection, is_on: true, speakers, is_mixed });
    }

    fn frame(&mut self, connection: &str, kind: StreamKind, frame: Value) {
        self.media(MediaCommand::Frame { connection: connection.to_owned(), kind, frame });
    }

    fn media(&mut self, command: MediaCommand) {
        self.effects.push(Effect::Media(command));
    }

    fn report_stream(
        &mut self,
        connection: &str,
        kind: StreamKind,
        outcome: Outcome,
        details: &str,
    ) {
        let Some(found) = self.connections.get(connection) else { return };
        let reply_to = match kind {
            StreamKind::Audio => found.audio.as_ref().map(|stream| stream.reply_to.clone()),
            StreamKind::Transcription => {
                found.transcription.as_ref().map(|stream| stream.reply_to.clone())
            }
        };
        let result = match outcome {
            Outcome::Failed => ResultInformation::new(
                400,
                8581,
                "The WebSocket could not be reached or broke off.",
            ),
            _ => ResultInformation::success(),
        };
        let data = kind.update(outcome, details);
        self.emit(connection, kind.event(outcome), &reply_to.unwrap_or_default(), &result, data);
    }

    /// Whether the stream exists and was not in this state before.
    fn set_active(&mut self, connection: &str, kind: StreamKind, is_active: bool) -> bool {
        let Some(found) = self.connections.get_mut(connection) else { return false };
        let flag = match kind {
            StreamKind::Audio => found.audio.as_mut().map(|stream| &mut stream.is_active),
            StreamKind::Transcription => {
                found.transcription.as_mut().map(|stream| &mut stream.is_active)
            }
        };
        flag.is_some_and(|flag| std::mem::replace(flag, is_active) != is_active)
    }

    fn is_active(&self, connection: &str, kind: StreamKind) -> bool {
        let Some(found) = self.connections.get(connection) else { return false };
        match kind {
            StreamKind::Audio => found.audio.as_ref().is_some_and(|stream| stream.is_active),
            StreamKind::Transcription => {
                found.transcription.as_ref().is_some_and(|stream| stream.is_active)
            }
        }
    }

    fn set_reply_to(&mut self, connection: &str, kind: StreamKind, reply_to: ReplyTo) {
        let Some(found) = self.connections.get_mut(connection) else { return };
        let place = match kind {
            StreamKind::Audio => found.audio.as_mut().map(|stream| &mut stream.reply_to),
            StreamKind::Transcription => {
                found.transcription.as_mut().map(|stream| &mut stream.reply_to)
            }
        };
        place.into_iter().for_each(|place| *place = reply_to.clone());
    }

    fn set_locale(&mut self, connection: &str, locale: &str) {
        let found = self.connections.get_mut(connection);
        let stream = found.and_then(|found| found.transcription.as_mut());
        stream.into_iter().for_each(|stream| locale.clone_into(&mut stream.options.locale));
    }

    fn check_stream(&self, connection: &str, kind: StreamKind) -> Result<(), ServiceError> {
        let found = self.connection(connection)?;
        let (is_there, options) = match kind {
            StreamKind::Audio => (found.audio.is_some(), "mediaStreamingOptions"),
            StreamKind::Transcription => (found.transcription.is_some(), "transcriptionOptions"),
        };
        if is_there {
            return Ok(());
        }
        let message = format!("the call was set up without `{options}`; give them with the call");
        Err(ServiceError::new(StatusCode::METHOD_NOT_ALLOWED, "8522", message).about(options))
    }
}
