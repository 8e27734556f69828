//! The models of Start and Stop Media Streaming, and the options of a stream.

use crate::acs_model;

/// The options for streaming the audio of a call to a WebSocket server.
///
/// [`WebSocketMediaStreamingOptions`] converts into it:
///
/// ```
/// use acs_rest::call_automation::{
///     AnswerCallRequest, AudioFormat, MediaStreamingAudioChannelType,
///     WebSocketMediaStreamingOptions,
/// };
///
/// let stream = WebSocketMediaStreamingOptions::new(MediaStreamingAudioChannelType::Mixed)
///     .transport_url("wss://contoso.example/audio")
///     .start_media_streaming(true)
///     .enable_bidirectional(true)
///     .audio_format(AudioFormat::Pcm24KMono);
/// let request = AnswerCallRequest::new("context", "https://contoso.example/events")
///     .media_streaming_options(stream);
/// ```
///
/// Source: <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/audio-streaming-concept>.
///
/// Since api-version 2025-05-15.
#[acs_model(tag = "transportType")]
#[derive(Eq, Hash)]
pub enum MediaStreamingOptions {
    /// The transport is a WebSocket.
    Websocket(#[serde(flatten)] WebSocketMediaStreamingOptions),
}

/// The options for streaming audio over a WebSocket.
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct WebSocketMediaStreamingOptions {
    /// Whether the audio of all participants is mixed into one channel, or each participant has a
    /// separate channel.
    pub audio_channel_type: MediaStreamingAudioChannelType,
    /// The URL of the WebSocket server, such as `wss://contoso.example/audio`.
    pub transport_url: Option<String>,
    /// The content of the stream.
    pub content_type: Option<MediaStreamingContentType>,
    /// Whether streaming starts as soon as the call is established. Otherwise it starts with
    /// [`start_media_streaming`](super::CallMedia::start_media_streaming).
    pub start_media_streaming: Option<bool>,
    /// Whether the server can send audio into the call.
    pub enable_bidirectional: Option<bool>,
    /// The format of the audio.
    pub audio_format: Option<AudioFormat>,
    /// Whether the stream contains the DTMF tones of participants.
    pub enable_dtmf_tones: Option<bool>,
}

/// The channels of a stream.
#[acs_model]
pub enum MediaStreamingAudioChannelType {
    /// One channel with the audio of all participants.
    Mixed,
    /// A channel for each participant.
    Unmixed,
}

/// The content of a stream.
#[acs_model]
pub enum MediaStreamingContentType {
    /// Audio.
    Audio,
}

/// The format of streamed audio: linear PCM of 16 bits.
#[acs_model]
pub enum AudioFormat {
    /// One channel at 16 kHz.
    #[serde(rename = "pcm16KMono")]
    Pcm16KMono,
    /// One channel at 24 kHz.
    #[serde(rename = "pcm24KMono")]
    Pcm24KMono,
}

/// The options of [`start_media_streaming`](super::CallMedia::start_media_streaming).
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct StartMediaStreamingRequest {
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
}

/// The options of [`stop_media_streaming`](super::CallMedia::stop_media_streaming).
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct StopMediaStreamingRequest {
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
}

/// The media stream of a call.
///
/// Since api-version 2025-05-15.
#[acs_model]
#[derive(Eq, Hash)]
pub struct MediaStreamingSubscription {
    /// The id of the subscription.
    pub id: Option<String>,
    /// The state of the stream.
    pub state: Option<MediaStreamingSubscriptionState>,
    /// The contents of the stream.
    pub subscribed_content_types: Option<Vec<MediaStreamingContentType>>,
}

/// The state of a media stream.
#[acs_model]
pub enum MediaStreamingSubscriptionState {
    /// Streaming is not available.
    Disabled,
    /// Streaming has not started, or has stopped.
    Inactive,
    /// Streaming is running.
    Active,
}
