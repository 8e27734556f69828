//! A recording that can be downloaded.

use std::time::Duration;

use serde::{Deserialize, Deserializer};
use time::OffsetDateTime;

use crate::call_automation::{RecordingChannelType, RecordingContentType, RecordingFormatType};
use crate::timestamp::optional;

/// A recording can be downloaded, for 24 hours.
///
/// Source: <https://learn.microsoft.com/azure/communication-services/concepts/voice-video-calling/call-recording>.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
#[non_exhaustive]
pub struct RecordingFileStatusUpdated {
    /// Where it is.
    pub recording_storage_info: Option<RecordingStorageInfo>,
    /// When it began.
    #[serde(default, deserialize_with = "optional")]
    pub recording_start_time: Option<OffsetDateTime>,
    /// How long it is.
    #[serde(rename = "recordingDurationMs", default, deserialize_with = "millis")]
    pub recording_duration: Option<Duration>,
    /// What was recorded.
    pub recording_content_type: Option<RecordingContentType>,
    /// How many channels were recorded.
    pub recording_channel_type: Option<RecordingChannelType>,
    /// The format of the file.
    pub recording_format_type: Option<RecordingFormatType>,
    /// Why it ended, such as `CallEnded`.
    pub session_end_reason: Option<String>,
}

/// Where a recording is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecordingStorageInfo {
    /// Its parts: a long recording has several files.
    pub recording_chunks: Option<Vec<RecordingChunk>>,
}

/// One file of a recording. [`RecordingFiles`](crate::call_automation::RecordingFiles) downloads and
/// deletes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecordingChunk {
    /// The id of the file.
    pub document_id: Option<String>,
    /// Where in the order of the files it stands, from 0.
    pub index: Option<i64>,
    /// Why it ended, such as `SessionEnded`.
    pub end_reason: Option<String>,
    /// The URL of the file.
    pub content_location: Option<String>,
    /// The URL of what is known about it, as JSON.
    pub metadata_location: Option<String>,
    /// The URL by which it is deleted.
    pub delete_location: Option<String>,
}

fn millis<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    Ok(Option::<u64>::deserialize(from)?.map(Duration::from_millis))
}
