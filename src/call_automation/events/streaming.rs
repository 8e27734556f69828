//! The states of audio streams and transcriptions, as events report them.

use crate::event::model::event_data;
use crate::model::extensible_enum;

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

extensible_enum! {
    /// The state of an audio stream.
    pub enum MediaStreamingStatus {
        /// The stream has started.
        MediaStreamingStarted = "mediaStreamingStarted",
        /// The stream has failed.
        MediaStreamingFailed = "mediaStreamingFailed",
        /// The stream has stopped.
        MediaStreamingStopped = "mediaStreamingStopped",
        /// An error without further details.
        UnspecifiedError = "unspecifiedError",
    }
}

extensible_enum! {
    /// The reason for the state of an audio stream.
    pub enum MediaStreamingStatusDetails {
        /// The subscription has started.
        SubscriptionStarted = "subscriptionStarted",
        /// The connection to the WebSocket was reestablished.
        StreamConnectionReestablished = "streamConnectionReestablished",
        /// The connection to the WebSocket could not be established.
        StreamConnectionUnsuccessful = "streamConnectionUnsuccessful",
        /// The request named no URL for the stream.
        StreamUrlMissing = "streamUrlMissing",
        /// The service is shutting down.
        ServiceShutdown = "serviceShutdown",
        /// The connection to the WebSocket was lost.
        StreamConnectionInterrupted = "streamConnectionInterrupted",
        /// The speech service could not be reached.
        SpeechServicesConnectionError = "speechServicesConnectionError",
        /// The subscription has stopped.
        SubscriptionStopped = "subscriptionStopped",
        /// An error without further details.
        UnspecifiedError = "unspecifiedError",
        /// The WebSocket refused the token of the service.
        AuthenticationFailure = "authenticationFailure",
        /// The WebSocket answered 400.
        BadRequest = "badRequest",
        /// The WebSocket answered 429.
        TooManyRequests = "tooManyRequests",
        /// The WebSocket answered 403.
        Forbidden = "forbidden",
        /// The service timed out.
        ServiceTimeout = "serviceTimeout",
        /// The first connection to the WebSocket failed.
        InitialWebSocketConnectionFailed = "initialWebSocketConnectionFailed",
    }
}

extensible_enum! {
    /// The state of a transcription.
    pub enum TranscriptionStatus {
        /// The transcription has started.
        TranscriptionStarted = "transcriptionStarted",
        /// The transcription has failed.
        TranscriptionFailed = "transcriptionFailed",
        /// The transcription has resumed.
        TranscriptionResumed = "transcriptionResumed",
        /// The locale of the transcription has changed.
        TranscriptionUpdated = "transcriptionUpdated",
        /// The transcription has stopped.
        TranscriptionStopped = "transcriptionStopped",
        /// An error without further details.
        UnspecifiedError = "unspecifiedError",
    }
}

extensible_enum! {
    /// The reason for the state of a transcription.
    pub enum TranscriptionStatusDetails {
        /// The subscription has started.
        SubscriptionStarted = "subscriptionStarted",
        /// The connection to the WebSocket was reestablished.
        StreamConnectionReestablished = "streamConnectionReestablished",
        /// The connection to the WebSocket could not be established.
        StreamConnectionUnsuccessful = "streamConnectionUnsuccessful",
        /// The request named no URL for the stream.
        StreamUrlMissing = "streamUrlMissing",
        /// The service is shutting down.
        ServiceShutdown = "serviceShutdown",
        /// The connection to the WebSocket was lost.
        StreamConnectionInterrupted = "streamConnectionInterrupted",
        /// The speech service could not be reached.
        SpeechServicesConnectionError = "speechServicesConnectionError",
        /// The subscription has stopped.
        SubscriptionStopped = "subscriptionStopped",
        /// An error without further details.
        UnspecifiedError = "unspecifiedError",
        /// The WebSocket or the speech service refused the token of the service.
        AuthenticationFailure = "authenticationFailure",
        /// The WebSocket or the speech service answered 400.
        BadRequest = "badRequest",
        /// The WebSocket or the speech service answered 429.
        TooManyRequests = "tooManyRequests",
        /// The WebSocket or the speech service answered 403.
        Forbidden = "forbidden",
        /// The service timed out.
        ServiceTimeout = "serviceTimeout",
        /// The locale of the transcription has changed.
        TranscriptionLocaleUpdated = "transcriptionLocaleUpdated",
    }
}
