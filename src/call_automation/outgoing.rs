//! The models of Create Call and Connect.

use super::{CallLocator, MediaStreamingOptions, TranscriptionOptions};
use crate::{
    CommunicationIdentifier, CommunicationUserIdentifier, MicrosoftTeamsAppIdentifier,
    PhoneNumberIdentifier, acs_model,
};

/// The targets to call, and the URL for the events of the call.
#[acs_model]
#[derive(Eq, Hash)]
pub struct CreateCallRequest {
    /// The targets to call.
    pub targets: Vec<CommunicationIdentifier>,
    /// The URL for the events of the call.
    pub callback_uri: String,
    /// The phone number of the caller. It is required if a target is a phone number.
    pub source_caller_id_number: Option<PhoneNumberIdentifier>,
    /// The name of the caller, which the phone of the callee displays.
    pub source_display_name: Option<String>,
    /// The ACS user on whose behalf the call is made.
    pub source: Option<CommunicationUserIdentifier>,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The resource that recognizes and synthesizes speech for the call.
    pub call_intelligence_options: Option<CallIntelligenceOptions>,
    /// The options for streaming the audio of the call.
    #[since("2025-05-15")]
    pub media_streaming_options: Option<MediaStreamingOptions>,
    /// The options for streaming a transcription of the call.
    #[since("2025-05-15")]
    pub transcription_options: Option<TranscriptionOptions>,
    /// The Teams app, such as a resource account, on whose behalf the call is made.
    #[since("2025-06-15")]
    pub teams_app_source: Option<MicrosoftTeamsAppIdentifier>,
}

/// The call to connect to, and the URL for its events.
#[acs_model]
#[derive(Eq, Hash)]
pub struct ConnectRequest {
    /// The call to connect to.
    pub call_locator: CallLocator,
    /// The URL for the events of the call.
    pub callback_uri: String,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The resource that recognizes and synthesizes speech for the call.
    pub call_intelligence_options: Option<CallIntelligenceOptions>,
    /// The options for streaming the audio of the call.
    #[since("2025-05-15")]
    pub media_streaming_options: Option<MediaStreamingOptions>,
    /// The options for streaming a transcription of the call.
    #[since("2025-05-15")]
    pub transcription_options: Option<TranscriptionOptions>,
}

/// The resource that recognizes and synthesizes speech for the call.
#[acs_model]
#[derive(Eq, Hash)]
pub struct CallIntelligenceOptions {
    /// The endpoint of an Azure AI services resource, which text to speech and speech recognition
    /// require.
    pub cognitive_services_endpoint: Option<String>,
}
