//! The streams of audio and transcripts to the application.

use http::StatusCode;
use serde_json::{Value, json};

use super::stream::{Stream, StreamState};
use super::{
    Effect, MediaCommand, Network, OpenStream, ReplyTo, ResultInformation, Speaker, StreamId,
    StreamKind, Tone,
};
use crate::clock::rfc3339_millis;
use crate::error::ServiceError;

#[derive(Clone, Copy, Debug)]
enum Outcome {
    Started,
    Stopped,
    Updated,
    Failed,
}

impl Outcome {
    fn event(self, kind: StreamKind) -> &'static str {
        match (kind, self) {
            (StreamKind::Audio, Self::Started) => "MediaStreamingStarted",
            (StreamKind::Audio, Self::Stopped) => "MediaStreamingStopped",
            (StreamKind::Audio, _) => "MediaStreamingFailed",
            (StreamKind::Transcription, Self::Started) => "TranscriptionStarted",
            (StreamKind::Transcription, Self::Stopped) => "TranscriptionStopped",
            (StreamKind::Transcription, Self::Updated) => "TranscriptionUpdated",
            (StreamKind::Transcription, Self::Failed) => "TranscriptionFailed",
        }
    }

    /// `mediaStreamingUpdate` or `transcriptionUpdate`.
    fn update(self, kind: StreamKind, details: &str) -> Value {
        let status = self.event(kind);
        let status = format!("{}{}", status[..1].to_lowercase(), &status[1..]);
        match kind {
            StreamKind::Audio => json!({ "mediaStreamingUpdate": {
                "contentType": "Audio",
                "mediaStreamingStatus": status,
                "mediaStreamingStatusDetails": details,
            } }),
            StreamKind::Transcription => json!({ "transcriptionUpdate": {
                "transcriptionStatus": status,
                "transcriptionStatusDetails": details,
            } }),
        }
    }

    fn result(self) -> ResultInformation {
        match self {
            Self::Failed => {
                let message = "The WebSocket could not be reached or broke off.";
                ResultInformation::new(400, 8581, message)
            }
            _ => ResultInformation::success(),
        }
    }
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
        let stream = self.operable_stream(connection, kind)?;
        stream.reply_to = reply_to;
        locale.into_iter().for_each(|locale| stream.set_locale(locale));
        match stream.state {
            StreamState::Inactive => self.open(connection, kind),
            StreamState::Opening => {}
            StreamState::Active => self.report_started(connection, kind),
        }
        Ok(())
    }

    pub(crate) fn stop_stream(
        &mut self,
        connection: &str,
        kind: StreamKind,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.operable_stream(connection, kind)?.reply_to = reply_to;
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
        let stream = self.operable_stream(connection, kind)?;
        stream.set_locale(locale);
        // As in the live service, the context is that of the start.
        let started = stream.reply_to.clone();
        let callback_uri = reply_to.callback_uri.or(started.callback_uri);
        let reply_to = ReplyTo { callback_uri, ..started };
        self.emit_stream(
            connection,
            kind,
            &reply_to,
            Outcome::Updated,
            "transcriptionLocaleUpdated",
        );
        Ok(())
    }

    /// The application accepted a socket. Returns whether it is still wanted.
    pub(crate) fn stream_opened(&mut self, id: &StreamId) -> bool {
        let Some(stream) = self.stream_mut(&id.connection, id.kind) else { return false };
        if stream.state != StreamState::Opening {
            return false;
        }
        stream.state = StreamState::Active;
        self.report_started(&id.connection, id.kind);
        self.send_speakers(&id.connection);
        true
    }

    /// The application could not be reached, or closed a socket on its own.
    pub(crate) fn stream_failed(&mut self, id: &StreamId) {
        let Some(stream) = self.stream_mut(&id.connection, id.kind) else { return };
        let state = std::mem::replace(&mut stream.state, StreamState::Inactive);
        let details = match (state, id.kind) {
            (StreamState::Inactive, _) => return,
            (StreamState::Active, _) => "streamConnectionInterrupted",
            (StreamState::Opening, StreamKind::Audio) => "initialWebSocketConnectionFailed",
            (StreamState::Opening, StreamKind::Transcription) => "streamConnectionUnsuccessful",
        };
        self.report_stream(&id.connection, id.kind, Outcome::Failed, details);
    }

    /// Opens the streams that start with the call.
    pub(super) fn open_streams(&mut self, connection: &str) {
        let Some(found) = self.connections.get_mut(connection) else { return };
        let operation_context = found.operation_context.clone();
        let mut opened = Vec::new();
        for (kind, stream) in &mut found.streams {
            if stream.settings.starts {
                stream.reply_to =
                    ReplyTo { operation_context: operation_context.clone(), callback_uri: None };
                opened.push(*kind);
            }
        }
        opened.into_iter().for_each(|kind| self.open(connection, kind));
    }

    pub(super) fn close_streams(&mut self, connection: &str) {
        self.close(connection, StreamKind::Audio);
        self.close(connection, StreamKind::Transcription);
    }

    /// Sends the current speakers to the sockets of a call.
    pub(super) fn update_speakers(&mut self, server_call: &str) {
        let connections = self.call(server_call).map(|call| call.connections.clone());
        connections.into_iter().flatten().for_each(|connection| self.send_speakers(&connection));
    }

    pub(super) fn stream_tone(&mut self, connection: &str, raw_id: &str, tone: Tone) {
        let timestamp = rfc3339_millis(self.now);
        let Some(stream) = self.active_stream(connection, StreamKind::Audio) else { return };
        if stream.audio().is_some_and(|format| format.has_tones) {
            let frame = json!({ "kind": "DtmfData", "dtmfData": {
                "data": tone.key().to_string(),
                "timestamp": timestamp,
                "participantRawID": raw_id,
            } });
            self.send_frame(connection, StreamKind::Audio, frame);
        }
    }

    pub(super) fn stream_words(&mut self, connection: &str, raw_id: &str, text: &str) {
        let kind = StreamKind::Transcription;
        let Some(stream) = self.active_stream(connection, kind) else { return };
        for frame in stream.transcribe(raw_id, text) {
            self.send_frame(connection, kind, frame);
        }
    }

    fn open(&mut self, connection: &str, kind: StreamKind) {
        let Some(found) = self.connections.get_mut(connection) else { return };
        let Some(stream) = found.streams.get_mut(&kind) else { return };
        stream.state = StreamState::Opening;
        let open = OpenStream {
            id: StreamId { connection: connection.to_owned(), kind },
            server_call: found.server_call_id.clone(),
            correlation_id: found.correlation_id.clone(),
            url: stream.settings.url.clone(),
            audio: stream.audio(),
            metadata: stream.metadata(connection, &found.correlation_id),
        };
        self.effects.push(Effect::Media(MediaCommand::Open(open)));
    }

    fn close(&mut self, connection: &str, kind: StreamKind) {
        let Some(stream) = self.stream_mut(connection, kind) else { return };
        if std::mem::replace(&mut stream.state, StreamState::Inactive) != StreamState::Inactive {
            let id = StreamId { connection: connection.to_owned(), kind };
            self.effects.push(Effect::Media(MediaCommand::Close(id)));
        }
    }

    fn send_speakers(&mut self, connection: &str) {
        if self.active_stream(connection, StreamKind::Audio).is_none() {
            return;
        }
        let Some(found) = self.connections.get(connection) else { return };
        let Some(call) = self.call(&found.server_call_id) else { return };
        let speakers = call.participants().iter().filter(|participant| {
            let is_application = Some(participant.raw_id()) == found.application_id();
            !is_application && !participant.is_muted && !participant.is_on_hold
        });
        let speaker = |participant: &super::Participant| Speaker {
            raw_id: participant.raw_id().to_owned(),
            voice: participant.voice.clone(),
        };
        let speakers = speakers.map(speaker).collect();
        let id = StreamId { connection: connection.to_owned(), kind: StreamKind::Audio };
        self.effects.push(Effect::Media(MediaCommand::Speakers { id, speakers }));
    }

    fn send_frame(&mut self, connection: &str, kind: StreamKind, frame: Value) {
        let id = StreamId { connection: connection.to_owned(), kind };
        self.effects.push(Effect::Media(MediaCommand::Frame { id, frame }));
    }

    fn report_started(&mut self, connection: &str, kind: StreamKind) {
        self.report_stream(connection, kind, Outcome::Started, "subscriptionStarted");
    }

    fn report_stream(
        &mut self,
        connection: &str,
        kind: StreamKind,
        outcome: Outcome,
        details: &str,
    ) {
        let Some(stream) = self.stream_mut(connection, kind) else { return };
        let reply_to = stream.reply_to.clone();
        self.emit_stream(connection, kind, &reply_to, outcome, details);
    }

    fn emit_stream(
        &mut self,
        connection: &str,
        kind: StreamKind,
        reply_to: &ReplyTo,
        outcome: Outcome,
        details: &str,
    ) {
        let data = outcome.update(kind, details);
        self.emit(connection, outcome.event(kind), reply_to, &outcome.result(), data);
    }

    fn stream_mut(&mut self, connection: &str, kind: StreamKind) -> Option<&mut Stream> {
        self.connections.get_mut(connection)?.streams.get_mut(&kind)
    }

    fn active_stream(&mut self, connection: &str, kind: StreamKind) -> Option<&mut Stream> {
        self.stream_mut(connection, kind).filter(|stream| stream.state == StreamState::Active)
    }

    /// The stream that an operation is about.
    fn operable_stream(
        &mut self,
        connection: &str,
        kind: StreamKind,
    ) -> Result<&mut Stream, ServiceError> {
        self.established(connection)?;
        let options = kind.options_field();
        self.stream_mut(connection, kind).ok_or_else(|| {
            let message =
                format!("the call was set up without `{options}`; give them with the call");
            ServiceError::new(StatusCode::METHOD_NOT_ALLOWED, "8522", message).about(options)
        })
    }
}
