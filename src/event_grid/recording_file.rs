//! A recording that can be downloaded.

use std::time::Duration;

use time::OffsetDateTime;

use crate::call_automation::{RecordingChannelType, RecordingContentType, RecordingFormatType};
use crate::event::model::event_data;

event_data! {
    /// A recording can be downloaded for 24 hours.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/concepts/voice-video-calling/call-recording>.
    #[derive(Eq)]
    pub struct RecordingFileStatusUpdated {
        /// The files of the recording.
        recording_storage_info: RecordingStorageInfo,
        /// The start of the recording.
        #[serde(with = "crate::timestamp::optional")]
        recording_start_time: OffsetDateTime,
        /// The length of the recording.
        #[serde(rename = "recordingDurationMs", with = "super::duration::milliseconds")]
        recording_duration: Duration,
        /// The content of the recording.
        recording_content_type: RecordingContentType,
        /// The channels of the recording.
        recording_channel_type: RecordingChannelType,
        /// The format of the files.
        recording_format_type: RecordingFormatType,
        /// Why the recording ended, such as `CallEnded`.
        session_end_reason: String,
        /// The id of the recording. Not part of the published schema; the service sends it.
        recording_id: String,
        /// Where the recording is stored, such as `Acs`. Not part of the published schema; the
        /// service sends it.
        storage_type: String,
    }

    /// The files of a recording.
    #[derive(Eq)]
    pub struct RecordingStorageInfo {
        /// The files: a long recording has several.
        recording_chunks: Vec<RecordingChunk>,
    }

    /// One file of a recording, which
    /// [`RecordingFiles`](crate::call_automation::RecordingFiles) downloads and deletes.
    #[derive(Eq)]
    pub struct RecordingChunk {
        /// The id of the file.
        document_id: String,
        /// The index of the file in the recording, from 0.
        index: i64,
        /// Why the file ended, such as `SessionEnded`.
        end_reason: String,
        /// The URL of the file.
        content_location: String,
        /// The URL of the metadata of the file, in JSON.
        metadata_location: String,
        /// The URL with which the file can be deleted.
        delete_location: String,
    }
}
