//! The models of Start, Stop and Update Transcription, and the options of a transcription.

use crate::acs_model;

/// The options for streaming the transcription of a call to a WebSocket server.
///
/// [`WebSocketTranscriptionOptions`] converts into it:
///
/// ```
/// use acs_rest::CommunicationUserIdentifier;
/// use acs_rest::call_automation::{CreateCallRequest, WebSocketTranscriptionOptions};
///
/// let transcription = WebSocketTranscriptionOptions::new("en-US")
///     .transport_url("wss://contoso.example/transcription")
///     .start_transcription(true);
/// let alice = CommunicationUserIdentifier::new("8:acs:resource_alice");
/// let request = CreateCallRequest::new([alice], "https://contoso.example/events")
///     .transcription_options(transcription);
/// ```
///
/// Source: <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/real-time-transcription>.
///
/// Since api-version 2025-05-15.
#[acs_model(tag = "transportType")]
#[derive(Eq, Hash)]
pub enum TranscriptionOptions {
    /// The transport is a WebSocket.
    Websocket(#[serde(flatten)] WebSocketTranscriptionOptions),
}

/// The options for streaming a transcription over a WebSocket.
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct WebSocketTranscriptionOptions {
    /// The spoken language, such as `en-US`.
    pub locale: String,
    /// The URL of the WebSocket server, such as `wss://contoso.example/transcription`.
    pub transport_url: Option<String>,
    /// The endpoint id of a custom speech model.
    pub speech_model_endpoint_id: Option<String>,
    /// Whether transcription starts as soon as the call is established. Otherwise it starts with
    /// [`start_transcription`](super::CallMedia::start_transcription).
    pub start_transcription: Option<bool>,
    /// Whether the stream contains intermediate results in addition to final ones.
    pub enable_intermediate_results: Option<bool>,
}

/// The options of [`start_transcription`](super::CallMedia::start_transcription).
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct StartTranscriptionRequest {
    /// The spoken language, such as `en-US`.
    pub locale: Option<String>,
    /// The endpoint id of a custom speech model.
    pub speech_model_endpoint_id: Option<String>,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The options of [`stop_transcription`](super::CallMedia::stop_transcription).
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct StopTranscriptionRequest {
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The new options of a running transcription.
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct UpdateTranscriptionRequest {
    /// The new spoken language, such as `en-US`.
    pub locale: Option<String>,
    /// The endpoint id of a custom speech model.
    pub speech_model_endpoint_id: Option<String>,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The transcription of a call.
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct TranscriptionSubscription {
    /// The id of the subscription.
    pub id: Option<String>,
    /// The state of the transcription.
    pub state: Option<TranscriptionSubscriptionState>,
    /// The kinds of results in the stream.
    pub subscribed_result_types: Option<Vec<TranscriptionResultType>>,
    /// The spoken language.
    pub locale: Option<String>,
}

/// The state of a transcription.
#[acs_model]
pub enum TranscriptionSubscriptionState {
    /// Transcription is not available.
    Disabled,
    /// Transcription has not started, or has stopped.
    Inactive,
    /// Transcription is running.
    Active,
}

/// The kind of a result of a transcription.
#[acs_model]
pub enum TranscriptionResultType {
    /// A result that will not change.
    Final,
    /// A result that later results may change.
    Intermediate,
}
