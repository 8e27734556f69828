//! Recordings: one per call at a time, and their files.

use std::time::SystemTime;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::leave::no_call;
use super::recording_state::Recording;
use super::{
    Callback, Effect, GridEvent, Network, NewRecording, RecordingFile, ResultInformation, STEP,
    event,
};
use crate::clock::{rfc3339, rfc3339_ticks};
use crate::error::{ServiceError, shown};

/// The number of files that are kept.
const KEPT_FILES: usize = 10_000;

/// The earliest date of .NET, which the service sends for a time that is not set.
const NOT_SET: &str = "0001-01-01T00:00:00+00:00";

impl Network {
    /// Starts to record a call, and returns a `RecordingStateResponse`.
    pub(crate) fn start_recording(
        &mut self,
        server_call: &str,
        new: NewRecording,
    ) -> Result<Value, ServiceError> {
        let Some(call) = self.calls.get_mut(server_call) else {
            return Err(no_call(server_call));
        };
        if call.recording.is_some() {
            let message = "the call is being recorded already; stop that recording first";
            return Err(ServiceError::new(StatusCode::CONFLICT, "Conflict", message));
        }
        let id = new_id();
        call.recording = Some(id.clone());
        let is_paused = new.is_paused;
        let server_call = server_call.to_owned();
        let recording = Recording { server_call, new, is_active: false, started_at: None };
        let response = recording.to_json(&id);
        self.recordings.insert(id.clone(), recording);
        self.after(STEP, move |network| {
            network.recording_state_changed(&id);
            if !is_paused {
                network.after(STEP, move |network| network.activate(&id));
            }
        });
        Ok(response)
    }

    pub(crate) fn recording(&self, id: &str) -> Result<Value, ServiceError> {
        Ok(self.recordings.get(id).ok_or_else(|| not_found(id))?.to_json(id))
    }

    pub(crate) fn pause_recording(&mut self, id: &str) -> Result<(), ServiceError> {
        self.set_active(id, false, "the recording is not active, and cannot be paused")
    }

    pub(crate) fn resume_recording(&mut self, id: &str) -> Result<(), ServiceError> {
        self.set_active(id, true, "the recording is not paused, and cannot be resumed")
    }

    pub(crate) fn stop_recording(&mut self, id: &str) -> Result<(), ServiceError> {
        let recording = self.recordings.get(id).ok_or_else(|| not_found(id))?;
        let server_call = recording.server_call.clone();
        self.end_recording(&server_call, "SessionEnded");
        Ok(())
    }

    /// The file with this document id.
    pub(crate) fn recording_file(&self, document: &str) -> Option<&RecordingFile> {
        self.files.get(document)
    }

    /// Deletes a file. Returns whether it existed.
    pub(crate) fn delete_recording_file(&mut self, document: &str) -> bool {
        self.files.remove(document).is_some()
    }

    /// Ends the recording of a call, if there is one, and leaves its file.
    pub(super) fn end_recording(&mut self, server_call: &str, reason: &'static str) {
        let Some(call) = self.calls.get_mut(server_call) else { return };
        let Some(id) = call.recording.take() else { return };
        if let Some(recording) = self.recordings.get_mut(&id) {
            recording.is_active = false;
        }
        self.recording_state_changed(&id);
        let Some(recording) = self.recordings.remove(&id) else { return };
        let started_at = recording.started_at.unwrap_or(self.now);
        let file = RecordingFile {
            document_id: format!("0-emu-d1-{}", Uuid::new_v4().simple()),
            format: recording.new.format.clone(),
            duration: self.now.duration_since(started_at).unwrap_or_default(),
            metadata: metadata(&id, &recording, started_at),
        };
        self.after(STEP, move |network| network.file_is_ready(&id, &recording, file, reason));
    }

    fn activate(&mut self, id: &str) {
        let now = self.now;
        let Some(recording) = self.recordings.get_mut(id) else { return };
        recording.is_active = true;
        recording.started_at.get_or_insert(now);
        self.recording_state_changed(id);
    }

    fn set_active(
        &mut self,
        id: &str,
        is_active: bool,
        conflict: &str,
    ) -> Result<(), ServiceError> {
        let recording = self.recordings.get_mut(id).ok_or_else(|| not_found(id))?;
        if recording.is_active == is_active {
            return Err(ServiceError::new(StatusCode::CONFLICT, "Conflict", conflict));
        }
        if is_active {
            self.activate(id);
        } else {
            recording.is_active = false;
            self.recording_state_changed(id);
        }
        Ok(())
    }

    fn recording_state_changed(&mut self, id: &str) {
        let Some(recording) = self.recordings.get(id) else { return };
        let Some(uri) = recording.new.callback_uri.clone() else { return };
        let Some(call) = self.calls.get(&recording.server_call) else { return };
        let started = recording.started_at.map_or_else(|| NOT_SET.to_owned(), rfc3339_ticks);
        let connection = call.connections.first().cloned().unwrap_or_default();
        let mut data = json!({
            "recordingId": id,
            "state": recording.state(),
            "startDateTime": started,
            "recordingKind": "azureCommunicationServices",
            "resultInformation": ResultInformation::success().to_json(),
            "serverCallId": recording.server_call,
            "correlationId": call.correlation_id,
        });
        if !connection.is_empty() {
            data["callConnectionId"] = connection.as_str().into();
        }
        let kind = "RecordingStateChanged";
        let source = format!("calling/recordings/{}/{id}/{kind}", recording.server_call);
        let mut event = event::envelope(&connection, kind, self.now, data);
        event["source"] = source.as_str().into();
        event["subject"] = source.into();
        self.effects.push(Effect::Callback(Callback { uri, connection, kind, event }));
    }

    fn file_is_ready(
        &mut self,
        id: &str,
        recording: &Recording,
        file: RecordingFile,
        reason: &'static str,
    ) {
        let base = format!("{}/v1/objects/{}/content", self.recording_host, file.document_id);
        let content = if file.format == "mp4" { "video" } else { "audio" };
        let new = &recording.new;
        self.grid_event(GridEvent {
            id: Uuid::new_v4().to_string(),
            kind: "RecordingFileStatusUpdated",
            subject: format!("/recording/call/{}/recordingId/{id}", recording.server_call),
            time: rfc3339_ticks(self.now),
            data: json!({
                "recordingStorageInfo": { "recordingChunks": [{
                    "documentId": file.document_id,
                    "index": 0,
                    "endReason": "SessionEnded",
                    "contentLocation": format!("{base}/{content}"),
                    "metadataLocation": format!("{base}/acsmetadata"),
                    "deleteLocation": format!("{base}/deletedata"),
                }] },
                "recordingStartTime": recording.started_at.map_or_else(
                    || rfc3339_ticks(self.now),
                    rfc3339_ticks,
                ),
                "recordingDurationMs": u64::try_from(file.duration.as_millis()).unwrap_or(u64::MAX),
                "recordingContentType": capitalised(&new.content),
                "recordingChannelType": capitalised(&new.channel),
                "recordingFormatType": capitalised(&new.format),
                "sessionEndReason": reason,
            }),
        });
        if self.files.len() == KEPT_FILES {
            self.files.pop_first();
        }
        self.files.insert(file.document_id.clone(), file);
    }
}

/// Without padding, as in the live service.
fn new_id() -> String {
    let [platform, resource] = [Uuid::new_v4(), Uuid::new_v4()];
    let id = json!({
        "PlatformEndpointId": platform.to_string(),
        "ResourceSpecificId": resource.to_string(),
    });
    BASE64_URL_SAFE_NO_PAD.encode(id.to_string())
}

fn metadata(id: &str, recording: &Recording, started_at: SystemTime) -> Value {
    json!({
        "resourceId": recording.server_call,
        "callId": recording.server_call,
        "recordingId": id,
        "chunkIndex": 0,
        "chunkStartTime": rfc3339(started_at),
        "audioConfiguration": { "sampleRate": 16000, "bitRate": 256_000, "channels": 1 },
        "participants": [],
    })
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn not_found(id: &str) -> ServiceError {
    let message = format!("no recording is named `{}`, or it or its call has ended", shown(id));
    ServiceError::not_found(message).about("recordingId")
}
