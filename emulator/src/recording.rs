//! A recording: it goes on, it pauses, and it ends with its call at the latest.

use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::ServiceError;

#[derive(Debug)]
pub(crate) struct Recording {
    id: String,
    is_paused: bool,
}

impl Recording {
    pub(crate) fn start(is_paused: bool) -> Self {
        let [platform, resource] = [Uuid::new_v4(), Uuid::new_v4()];
        let id = json!({ "PlatformEndpointId": platform.to_string(), "ResourceSpecificId": resource.to_string() });
        // Of a length that makes it end in `==`, as the service's do: in a path it has to be encoded.
        Self { id: BASE64_STANDARD.encode(id.to_string()), is_paused }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn pause(&mut self) -> Result<(), ServiceError> {
        self.turn(true, "the recording is paused already")
    }

    pub(crate) fn resume(&mut self) -> Result<(), ServiceError> {
        self.turn(false, "the recording is not paused, so that it cannot be resumed")
    }

    /// A `RecordingStateResponse`.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "recordingId": self.id,
            "recordingState": if self.is_paused { "inactive" } else { "active" },
            "recordingKind": "azureCommunicationServices",
        })
    }

    fn turn(&mut self, is_paused: bool, already: &str) -> Result<(), ServiceError> {
        if self.is_paused == is_paused {
            return Err(ServiceError::new(StatusCode::CONFLICT, "Conflict", already));
        }
        self.is_paused = is_paused;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_needs_encoding_in_a_path() {
        assert!(Recording::start(false).id().ends_with("=="));
    }

    #[test]
    fn only_what_goes_on_pauses_and_only_what_is_paused_goes_on() {
        let mut recording = Recording::start(true);
        assert_eq!(recording.pause().unwrap_err().status, 409);
        recording.resume().unwrap();
        assert_eq!(recording.to_json()["recordingState"], "active");
        assert_eq!(recording.resume().unwrap_err().status, 409);
        recording.pause().unwrap();
        assert_eq!(recording.to_json()["recordingState"], "inactive");
    }
}
