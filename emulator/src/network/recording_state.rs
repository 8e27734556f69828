//! A recording, and the file that it leaves.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

/// What a request says about a recording.
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
    /// When it became active first.
    pub(super) started_at: Option<SystemTime>,
}

/// A recording that is over, as the storage has it.
#[derive(Clone, Debug)]
pub(crate) struct RecordingFile {
    pub(crate) document_id: String,
    pub(crate) format: String,
    pub(crate) duration: Duration,
    /// What the metadata document says.
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
