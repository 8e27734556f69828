//! The operations that play audio into a call and recognize input.

use super::{
    ContinuousDtmfRecognitionRequest, HoldRequest, PlayRequest, RecognizeRequest,
    SendDtmfTonesRequest, SendDtmfTonesResult, StartMediaStreamingRequest,
    StartTranscriptionRequest, StopMediaStreamingRequest, StopTranscriptionRequest, UnholdRequest,
    UpdateTranscriptionRequest,
};
use crate::{Result, acs_operations};

/// Plays audio into an established call and recognizes input. The call is addressed by its
/// `call_connection_id`.
///
/// Most of these operations do not support the `Repeatability` headers. The client retries them
/// only if the request was not sent or the service refused it.
///
/// ```
/// use std::time::Duration;
///
/// use acs_rest::PhoneNumberIdentifier;
/// # use acs_rest::call_automation::{CallAutomation, CallConnection, CreateCallRequest};
/// use acs_rest::call_automation::{
///     CallMedia, DtmfOptions, FileSource, HoldRequest, PlayRequest, RecognizeOptions,
///     RecognizeRequest, TextSource, Tone,
/// };
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> acs_rest::Result<()> {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// # let client = acs_rest::Client::from_connection_string(emulator.connection_string())?;
/// let caller = PhoneNumberIdentifier::new("+14255550123");
/// # let request = CreateCallRequest::new([caller.clone()], "https://contoso.example/events");
/// # let request = request.source_caller_id_number(PhoneNumberIdentifier::new("+14255550100"));
/// # let call = &*client.create_call(&request).await?.call_connection_id.unwrap();
/// let welcome = FileSource::new("https://contoso.example/welcome.wav");
/// client.play(call, &PlayRequest::new([welcome])).await?;
///
/// let digits = DtmfOptions::new()
///     .max_tones_to_collect(4_u32)
///     .inter_tone_timeout(Duration::from_secs(5))
///     .stop_tones([Tone::Pound]);
/// let prompt = TextSource::new("Please enter your PIN.").source_locale("en-US");
/// let options = RecognizeOptions::new(caller.clone(), digits);
/// client.recognize(call, &RecognizeRequest::new(options).play_prompt(prompt)).await?;
///
/// let music = FileSource::new("https://contoso.example/music.wav");
/// client.hold(call, &HoldRequest::new(caller).play_source_info(music)).await?;
/// # let caller = client.get_participant(call, "4:+14255550123").await?;
/// # assert_eq!(caller.is_on_hold, Some(true));
/// # Ok(())
/// # }
/// ```
#[acs_operations]
pub trait CallMedia {
    /// Plays audio files or synthesized speech to some or all participants.
    ///
    /// Emits `PlayStarted`, then `PlayCompleted` on success, `PlayFailed` on failure or `PlayCanceled` if
    /// another operation interrupts it.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/play>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:play")]
    async fn play(&self, call_connection_id: &str, request: &PlayRequest) -> Result<()>;

    /// Cancels all media operations of the call.
    ///
    /// Emits `PlayCanceled` or `RecognizeCanceled` for each operation that it cancels.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/cancel-all-media-operations>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:cancelAllMediaOperations")]
    async fn cancel_all_media_operations(&self, call_connection_id: &str) -> Result<()>;

    /// Recognizes speech, tones or a choice of one participant, after an optional prompt.
    ///
    /// Emits `RecognizeCompleted` with the input, `RecognizeFailed` if no valid input was given, or
    /// `RecognizeCanceled` if another operation interrupts it.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/recognize>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:recognize")]
    async fn recognize(&self, call_connection_id: &str, request: &RecognizeRequest) -> Result<()>;

    /// Starts to recognize the tones of one participant, alongside other media operations.
    ///
    /// Emits `ContinuousDtmfRecognitionToneReceived` for each tone, or
    /// `ContinuousDtmfRecognitionToneFailed`. A tone that [`recognize`](Self::recognize) collects is
    /// reported by both operations.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/start-continuous-dtmf-recognition>.
    #[acs_operation(
        POST,
        "/calling/callConnections/<callConnectionId>:startContinuousDtmfRecognition"
    )]
    async fn start_continuous_dtmf_recognition(
        &self,
        call_connection_id: &str,
        request: &ContinuousDtmfRecognitionRequest,
    ) -> Result<()>;

    /// Stops the continuous recognition of one participant's tones.
    ///
    /// Emits `ContinuousDtmfRecognitionStopped` if a recognition was running.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/stop-continuous-dtmf-recognition>.
    #[acs_operation(
        POST,
        "/calling/callConnections/<callConnectionId>:stopContinuousDtmfRecognition"
    )]
    async fn stop_continuous_dtmf_recognition(
        &self,
        call_connection_id: &str,
        request: &ContinuousDtmfRecognitionRequest,
    ) -> Result<()>;

    /// Sends tones to one participant.
    ///
    /// Emits `SendDtmfTonesCompleted` on success, or `SendDtmfTonesFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/send-dtmf-tones>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:sendDtmfTones", repeatable)]
    async fn send_dtmf_tones(
        &self,
        call_connection_id: &str,
        request: &SendDtmfTonesRequest,
    ) -> Result<SendDtmfTonesResult>;

    /// Puts one participant on hold, and optionally plays audio to them.
    ///
    /// Emits `HoldFailed` on failure, and no event on success.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/hold>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:hold")]
    async fn hold(&self, call_connection_id: &str, request: &HoldRequest) -> Result<()>;

    /// Takes one participant off hold. Only ACS users can be taken off hold. Emits no event.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/unhold>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:unhold")]
    async fn unhold(&self, call_connection_id: &str, request: &UnholdRequest) -> Result<()>;

    /// Starts to stream the audio of the call.
    ///
    /// Emits `MediaStreamingStarted` on success, or `MediaStreamingFailed`. The call must have been
    /// created, answered or connected to with
    /// [`MediaStreamingOptions`](super::MediaStreamingOptions).
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/start-media-streaming>.
    #[since("2025-05-15")]
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:startMediaStreaming")]
    async fn start_media_streaming(
        &self,
        call_connection_id: &str,
        request: &StartMediaStreamingRequest,
    ) -> Result<()>;

    /// Stops streaming the audio of the call.
    ///
    /// Emits `MediaStreamingStopped` on success, or `MediaStreamingFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/stop-media-streaming>.
    #[since("2025-05-15")]
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:stopMediaStreaming")]
    async fn stop_media_streaming(
        &self,
        call_connection_id: &str,
        request: &StopMediaStreamingRequest,
    ) -> Result<()>;

    /// Starts to transcribe the call.
    ///
    /// Emits `TranscriptionStarted` on success, or `TranscriptionFailed`. The call must have been
    /// created, answered or connected to with
    /// [`TranscriptionOptions`](super::TranscriptionOptions).
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/start-transcription>.
    #[since("2025-05-15")]
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:startTranscription")]
    async fn start_transcription(
        &self,
        call_connection_id: &str,
        request: &StartTranscriptionRequest,
    ) -> Result<()>;

    /// Stops transcribing the call.
    ///
    /// Emits `TranscriptionStopped` on success, or `TranscriptionFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/stop-transcription>.
    #[since("2025-05-15")]
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:stopTranscription")]
    async fn stop_transcription(
        &self,
        call_connection_id: &str,
        request: &StopTranscriptionRequest,
    ) -> Result<()>;

    /// Changes the language or the speech model of a running transcription.
    ///
    /// Emits `TranscriptionUpdated` on success, or `TranscriptionFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/update-transcription>.
    #[since("2025-05-15")]
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:updateTranscription")]
    async fn update_transcription(
        &self,
        call_connection_id: &str,
        request: &UpdateTranscriptionRequest,
    ) -> Result<()>;
}
