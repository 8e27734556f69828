//! A recording, and its file.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

/// The options of a recording.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewRecording {
    pub(crate) callback_uri: Option<String>,
    pub(crate) is_paused: bool,
    /// `audio` or `audioVideo`.
    pub(crate) content: String,
    /// `mixed` or `unmixed`.
    pub(crate) channel: String,
    /// `wav`, `mp3` or `mp4`.
    pub(crate) format: String,
}

#[derive(Debug)]
pub(super) struct Recording {
    pub(super) server_call: String,
    pub(super) new: NewRecording,
    pub(super) is_active: bool,
    /// When it first became active.
    pub(super) started_at: Option<SystemTime>,
}

/// A finished recording in the storage.
#[derive(Clone, Debug)]
pub(crate) struct RecordingFile {
    pub(crate) document_id: String,
    pub(crate) format: String,
    pub(crate) duration: Duration,
    /// The content of the metadata document.
    pub(crate) metadata: Value,
}

impl Recording {
    pub(super) fn state(&self) -> &'static str {
        if self.is_active { "active" } else { "inactive" }
    }

    /// A `RecordingStateResponse`.
    pub(super) fn to_json(&self, id: &str) -> Value {
        json!({
            "recordingId": id,
            "recordingState": self.state(),
            "recordingKind": "azureCommunicationServices",
        })
    }
}
