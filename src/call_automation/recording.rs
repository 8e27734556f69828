//! The models of recordings.

use super::CallLocator;
use crate::{CommunicationIdentifier, acs_model};

/// The call to record, the format of the recording, and its storage.
#[acs_model]
#[derive(Eq, Hash)]
pub struct StartCallRecordingRequest {
    /// The call to record. A [`CallLocator`] converts into it.
    #[serde(flatten)]
    pub call: RecordedCall,
    /// The URL for the `RecordingStateChanged` events.
    pub recording_state_callback_uri: Option<String>,
    /// Whether video is recorded in addition to audio.
    pub recording_content_type: Option<RecordingContentType>,
    /// Whether each participant is recorded on a separate channel.
    pub recording_channel_type: Option<RecordingChannelType>,
    /// The file format of the recording.
    pub recording_format_type: Option<RecordingFormatType>,
    /// The participants in the order of the channels of an unmixed recording. If it is not set,
    /// channels are assigned in the order in which participants are first heard.
    pub audio_channel_participant_ordering: Option<Vec<CommunicationIdentifier>>,
    /// The channel of each participant of an unmixed recording. If it is not set, the service assigns
    /// the channels and lists them in the metadata of the recording.
    pub channel_affinity: Option<Vec<ChannelAffinity>>,
    /// Whether the recording starts paused.
    pub pause_on_start: Option<bool>,
    /// The storage of the recording.
    pub external_storage: Option<ExternalStorage>,
}

/// A call to record.
///
/// ```
/// use acs_rest::call_automation::{CallLocator, RecordedCall, StartCallRecordingRequest};
///
/// let located = StartCallRecordingRequest::new(CallLocator::server_call("aHR0cHM6Ly9jb252"));
/// let established = StartCallRecordingRequest::new(RecordedCall::call_connection("a-call"));
/// ```
#[acs_model]
#[serde(untagged)]
#[derive(Eq, Hash)]
pub enum RecordedCall {
    /// A call that a locator identifies.
    Locator {
        /// The locator of the call.
        call_locator: CallLocator,
    },
    /// A call that the client controls.
    #[since("2025-06-15")]
    CallConnection {
        /// The `call_connection_id` of the call.
        call_connection_id: String,
    },
}

impl From<CallLocator> for RecordedCall {
    fn from(call_locator: CallLocator) -> Self {
        Self::Locator { call_locator }
    }
}

/// The channel on which a participant is recorded.
#[acs_model]
#[derive(Eq, Hash)]
pub struct ChannelAffinity {
    /// The participant.
    pub participant: CommunicationIdentifier,
    /// The number of the channel, from 0 to 4.
    pub channel: Option<u8>,
}

/// The storage of a recording.
#[acs_model(tag = "recordingStorageKind")]
#[derive(Eq, Hash)]
pub enum ExternalStorage {
    /// The storage of Azure Communication Services, which keeps a recording for 24 hours.
    AzureCommunicationServices,
    /// A container in a storage account of your own.
    AzureBlobStorage {
        /// The URL of the container, or of a folder in it.
        recording_destination_container_url: String,
    },
}

/// The state of a recording.
#[acs_model]
#[derive(Eq, Hash)]
pub struct RecordingStateResponse {
    /// The id by which operations address the recording.
    pub recording_id: Option<String>,
    /// Whether the recording is active.
    pub recording_state: Option<RecordingState>,
    /// The service that records.
    pub recording_kind: Option<RecordingKind>,
}

/// The content of a recording.
#[acs_model]
pub enum RecordingContentType {
    /// Audio only.
    Audio,
    /// Audio and video.
    AudioVideo,
}

/// The channels of a recording.
#[acs_model]
pub enum RecordingChannelType {
    /// One channel for all participants.
    Mixed,
    /// One channel for each participant. It is available for audio in WAV format only.
    Unmixed,
}

/// The file format of a recording.
#[acs_model]
pub enum RecordingFormatType {
    /// Uncompressed audio.
    Wav,
    /// Compressed audio.
    Mp3,
    /// Audio and video.
    Mp4,
}

/// Whether a recording is active.
#[acs_model]
pub enum RecordingState {
    /// The recording is running.
    Active,
    /// The recording is paused or has ended.
    Inactive,
}

/// The service that records.
#[acs_model]
pub enum RecordingKind {
    /// Azure Communication Services.
    AzureCommunicationServices,
    /// Microsoft Teams.
    Teams,
    /// Microsoft Teams, because of a compliance policy.
    TeamsCompliance,
}
