//! What is recorded, how, and where to.

use serde::{Deserialize, Serialize};

use super::CallLocator;
use crate::CommunicationIdentifier;
use crate::model::{extensible_enum, request};

request! {
    /// What to record, how, and where to.
    pub struct StartCallRecordingRequest {
        /// The call.
        call_locator: CallLocator,
    }
    optional {
        /// Where the `RecordingStateChanged` events go.
        recording_state_callback_uri: String,
        /// Whether pictures are recorded too.
        recording_content_type: RecordingContentType,
        /// Whether each participant has a channel to himself.
        recording_channel_type: RecordingChannelType,
        /// The format of the file.
        recording_format_type: RecordingFormatType,
        /// Who has the first channel, the second and so on, of an unmixed recording. If it is not
        /// set, whoever is heard first.
        audio_channel_participant_ordering: [CommunicationIdentifier],
        /// Who has which channel, of an unmixed recording. If it is not set, the service decides,
        /// and says so in the recording's metadata.
        channel_affinity: [ChannelAffinity],
        /// Whether the recording waits to be resumed first.
        pause_on_start: bool,
        /// Where the recording is kept.
        external_storage: ExternalStorage,
    }
}

request! {
    /// Whose voice is recorded on which channel.
    pub struct ChannelAffinity {
        /// Who is recorded.
        participant: CommunicationIdentifier,
    }
    optional {
        /// The number of the channel, from 0 to 4.
        channel: u8,
    }
}

/// Where a recording is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "recordingStorageKind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum ExternalStorage {
    /// In Azure Communication Services, for 24 hours.
    AzureCommunicationServices,
    /// In a storage account of your own.
    AzureBlobStorage {
        /// The URL of a container, or of a place in one.
        recording_destination_container_url: String,
    },
}

impl ExternalStorage {
    /// In the blob container with that URL.
    pub fn azure_blob_storage(container_url: impl Into<String>) -> Self {
        Self::AzureBlobStorage { recording_destination_container_url: container_url.into() }
    }
}

/// A recording, as the service knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecordingStateResponse {
    /// The id that the operations on the recording take.
    pub recording_id: Option<String>,
    /// Whether it is being recorded.
    pub recording_state: Option<RecordingState>,
    /// Who records.
    pub recording_kind: Option<RecordingKind>,
}

extensible_enum! {
    /// What is recorded.
    pub enum RecordingContentType {
        /// What is said.
        Audio = "audio",
        /// What is said and shown.
        AudioVideo = "audioVideo",
    }
}

extensible_enum! {
    /// How many channels are recorded.
    pub enum RecordingChannelType {
        /// One for all.
        Mixed = "mixed",
        /// One for each participant; only of what is said, as a WAV file.
        Unmixed = "unmixed",
    }
}

extensible_enum! {
    /// The format of a recording.
    pub enum RecordingFormatType {
        /// Sound, as it is.
        Wav = "wav",
        /// Sound, compressed.
        Mp3 = "mp3",
        /// Sound and pictures.
        Mp4 = "mp4",
    }
}

extensible_enum! {
    /// Whether it is being recorded.
    pub enum RecordingState {
        /// It is.
        Active = "active",
        /// It is not: paused, or ended.
        Inactive = "inactive",
    }
}

extensible_enum! {
    /// Who records.
    pub enum RecordingKind {
        /// Azure Communication Services.
        AzureCommunicationServices = "azureCommunicationServices",
        /// Microsoft Teams.
        Teams = "teams",
        /// Microsoft Teams, because a policy says so.
        TeamsCompliance = "teamsCompliance",
    }
}
