//! The states of audio streams and transcriptions, as events report them.

use crate::acs_model;
use crate::event::model::event_data;

event_data! {
    /// The state of an audio stream. Introduced in API version 2025-05-15.
    #[derive(Eq)]
    pub struct MediaStreamingUpdate {
        /// The content of the stream, such as `Audio`.
        content_type: String,
        /// The state.
        media_streaming_status: MediaStreamingStatus,
        /// The reason for the state.
        media_streaming_status_details: MediaStreamingStatusDetails,
    }

    /// The state of a transcription. Introduced in API version 2025-05-15.
    #[derive(Eq)]
    pub struct TranscriptionUpdate {
        /// The state.
        transcription_status: TranscriptionStatus,
        /// The reason for the state.
        transcription_status_details: TranscriptionStatusDetails,
    }
}

/// The state of an audio stream.
#[acs_model]
pub enum MediaStreamingStatus {
    /// The stream has started.
    MediaStreamingStarted,
    /// The stream has failed.
    MediaStreamingFailed,
    /// The stream has stopped.
    MediaStreamingStopped,
    /// An error without further details.
    UnspecifiedError,
}

/// The reason for the state of an audio stream.
#[acs_model]
pub enum MediaStreamingStatusDetails {
    /// The subscription has started.
    SubscriptionStarted,
    /// The connection to the WebSocket was reestablished.
    StreamConnectionReestablished,
    /// The connection to the WebSocket could not be established.
    StreamConnectionUnsuccessful,
    /// The request named no URL for the stream.
    StreamUrlMissing,
    /// The service is shutting down.
    ServiceShutdown,
    /// The connection to the WebSocket was lost.
    StreamConnectionInterrupted,
    /// The speech service could not be reached.
    SpeechServicesConnectionError,
    /// The subscription has stopped.
    SubscriptionStopped,
    /// An error without further details.
    UnspecifiedError,
    /// The WebSocket refused the token of the service.
    AuthenticationFailure,
    /// The WebSocket server responded with 400.
    BadRequest,
    /// The WebSocket server responded with 429.
    TooManyRequests,
    /// The WebSocket server responded with 403.
    Forbidden,
    /// The service timed out.
    ServiceTimeout,
    /// The first connection to the WebSocket failed.
    InitialWebSocketConnectionFailed,
}

/// The state of a transcription.
#[acs_model]
pub enum TranscriptionStatus {
    /// The transcription has started.
    TranscriptionStarted,
    /// The transcription has failed.
    TranscriptionFailed,
    /// The transcription has resumed.
    TranscriptionResumed,
    /// The locale of the transcription has changed.
    TranscriptionUpdated,
    /// The transcription has stopped.
    TranscriptionStopped,
    /// An error without further details.
    UnspecifiedError,
}

/// The reason for the state of a transcription.
#[acs_model]
pub enum TranscriptionStatusDetails {
    /// The subscription has started.
    SubscriptionStarted,
    /// The connection to the WebSocket was reestablished.
    StreamConnectionReestablished,
    /// The connection to the WebSocket could not be established.
    StreamConnectionUnsuccessful,
    /// The request named no URL for the stream.
    StreamUrlMissing,
    /// The service is shutting down.
    ServiceShutdown,
    /// The connection to the WebSocket was lost.
    StreamConnectionInterrupted,
    /// The speech service could not be reached.
    SpeechServicesConnectionError,
    /// The subscription has stopped.
    SubscriptionStopped,
    /// An error without further details.
    UnspecifiedError,
    /// The WebSocket or the speech service refused the token of the service.
    AuthenticationFailure,
    /// The WebSocket server or the speech service responded with 400.
    BadRequest,
    /// The WebSocket server or the speech service responded with 429.
    TooManyRequests,
    /// The WebSocket server or the speech service responded with 403.
    Forbidden,
    /// The service timed out.
    ServiceTimeout,
    /// The locale of the transcription has changed.
    TranscriptionLocaleUpdated,
}
