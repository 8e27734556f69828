//! Call Media: what a call hears, and what is heard in it.

use super::{
    ContinuousDtmfRecognitionRequest, HoldRequest, PlayRequest, RecognizeRequest,
    SendDtmfTonesRequest, SendDtmfTonesResult, UnholdRequest,
};
use crate::{Result, acs_operations};

/// Playing to a call, and recognising what comes back, by the call's `call_connection_id`.
///
/// The service takes no `Repeatability` headers for most of these: such a call is tried again only
/// if nothing was sent.
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
#[acs_operations(api_version = "2024-09-15")]
pub trait CallMedia {
    /// Plays files or speech to some participants, or to all.
    ///
    /// `PlayStarted` and then `PlayCompleted` tell that it worked, `PlayFailed` that it did not, and
    /// `PlayCanceled` that something else broke it off.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/play>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:play")]
    async fn play(&self, call_connection_id: &str, request: &PlayRequest) -> Result<()>;

    /// Breaks off whatever is played and recognised in the call.
    ///
    /// A `PlayCanceled` or `RecognizeCanceled` event follows for each of them.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/cancel-all-media-operations>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:cancelAllMediaOperations")]
    async fn cancel_all_media_operations(&self, call_connection_id: &str) -> Result<()>;

    /// Waits for what one participant says or dials, and may play a prompt before.
    ///
    /// The `RecognizeCompleted` event brings it, `RecognizeFailed` tells that nothing fitting came,
    /// and `RecognizeCanceled` that something else broke it off.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/recognize>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:recognize")]
    async fn recognize(&self, call_connection_id: &str, request: &RecognizeRequest) -> Result<()>;

    /// Listens for every tone that one participant dials, whatever else goes on.
    ///
    /// Each tone is a `ContinuousDtmfRecognitionToneReceived` event, or
    /// `ContinuousDtmfRecognitionToneFailed`. A tone that [`recognize`](Self::recognize) waits for
    /// is told twice.
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

    /// Stops listening for the tones of one participant.
    ///
    /// The `ContinuousDtmfRecognitionStopped` event follows if somebody listened.
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

    /// Dials tones to one participant.
    ///
    /// The `SendDtmfTonesCompleted` event tells that it worked, `SendDtmfTonesFailed` that it did
    /// not.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/send-dtmf-tones>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:sendDtmfTones", repeatable)]
    async fn send_dtmf_tones(
        &self,
        call_connection_id: &str,
        request: &SendDtmfTonesRequest,
    ) -> Result<SendDtmfTonesResult>;

    /// Puts one participant on hold, with music if you like.
    ///
    /// An event follows only if it did not work: `HoldFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/hold>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:hold")]
    async fn hold(&self, call_connection_id: &str, request: &HoldRequest) -> Result<()>;

    /// Takes one participant back from hold; the service takes ACS users only. No event follows.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-media/unhold>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:unhold")]
    async fn unhold(&self, call_connection_id: &str, request: &UnholdRequest) -> Result<()>;
}
