//! An established call, and the operations on it.

use std::fmt;
use std::sync::Arc;

use tracing::Span;

use super::call_client::CallClient;
use super::error::OperationError;
use super::event_stream::CallEvents;
use super::operation::CallOperation;
use super::operation_request::OperationRequest;
use super::operations::{HangUp, StopContinuousDtmfRecognition, Terminate};
use super::wait::Wait;
use super::{EventProcessor, Filter};
use crate::call_automation::events::{CallEvent, CallEventKind};
use crate::call_automation::{
    AddParticipantRequest, CallConnection, CallConnectionProperties, CallMedia, CallRecording,
    CancelAddParticipantRequest, ContinuousDtmfRecognitionRequest, HoldRequest,
    MoveParticipantsRequest, MuteParticipantsRequest, PlayRequest, RecognizeRequest,
    RecordingState, RecordingStateResponse, RemoveParticipantRequest, SendDtmfTonesRequest,
    StartCallRecordingRequest, StartMediaStreamingRequest, StartTranscriptionRequest,
    StopMediaStreamingRequest, StopTranscriptionRequest, TransferToParticipantRequest,
    UnholdRequest, UpdateTranscriptionRequest,
};
use crate::{Client, Result};

/// An established call, whose operations complete when an event reports their outcome.
///
/// A [`CallClient`] creates it. Clones are cheap and refer to the same call.
///
/// ```
/// use std::time::Duration;
///
/// use acs_rest::call_automation::{AddParticipantRequest, DtmfOptions, RecognizeOptions};
/// use acs_rest::call_automation::{RecognizeRequest, TextSource};
/// use acs_rest::event_processor::{Call, OperationError};
/// use acs_rest::{CommunicationIdentifier, CommunicationUserIdentifier};
///
/// async fn ask(call: &Call, caller: CommunicationIdentifier) -> Result<(), OperationError> {
///     let digits = DtmfOptions::new().max_tones_to_collect(4_u32);
///     let prompt = TextSource::new("Please enter your PIN.").source_locale("en-US");
///     let request =
///         RecognizeRequest::new(RecognizeOptions::new(caller, digits)).play_prompt(prompt);
///     let pin = loop {
///         match call.recognize(request.clone()).timeout(Duration::from_secs(60)).await {
///             Ok(recognized) => break recognized.result.dtmf_result,
///             Err(error) if error.reason().is_some_and(|reason| reason.is_no_input()) => {}
///             Err(error) => return Err(error),
///         }
///     };
///     println!("{pin:?}");
///     let agent = CommunicationUserIdentifier::new("8:acs:resource_agent");
///     call.add_participant(AddParticipantRequest::new(agent)).await?; // the agent has joined
///     Ok(())
/// }
/// # drop(ask);
/// ```
#[derive(Clone)]
pub struct Call {
    calls: CallClient,
    properties: Arc<CallConnectionProperties>,
    span: Span,
}

/// Declares the operations that an event answers.
macro_rules! answered_operations {
    ($($(#[$about:meta])* $name:ident: $request:ty;)*) => {$(
        $(#[$about])*
        pub fn $name(&self, request: $request) -> OperationRequest<$request> {
            self.operation(request)
        }
    )*};
}

/// Declares the operations that complete when the service has accepted them.
macro_rules! accepted_operations {
    ($($(#[$about:meta])* $name:ident: $request:ty;)*) => {$(
        $(#[$about])*
        ///
        /// # Errors
        /// If the request fails.
        pub async fn $name(&self, request: $request) -> Result<(), OperationError> {
            let accepted = self.client().$name(self.id(), &request).await;
            accepted.map(drop).map_err(|error| OperationError::request(stringify!($name), error))
        }
    )*};
}

impl Call {
    pub(super) fn new(calls: CallClient, properties: CallConnectionProperties, span: Span) -> Self {
        span.record("acs.call_connection_id", properties.call_connection_id.as_deref());
        span.record("acs.correlation_id", properties.correlation_id.as_deref());
        Self { calls, properties: Arc::new(properties), span }
    }

    /// Returns the `call_connection_id`, by which operations address the call.
    #[must_use]
    pub fn id(&self) -> &str {
        self.properties.call_connection_id.as_deref().unwrap_or_default()
    }

    /// Returns the properties that the call had when it was answered, created or connected to.
    #[must_use]
    pub fn properties(&self) -> &CallConnectionProperties {
        &self.properties
    }

    /// Returns the client, for operations that no event answers.
    #[must_use]
    pub fn client(&self) -> &Client {
        self.calls.client()
    }

    /// Returns the span of the call. Work inside the span belongs to the trace of the call.
    #[must_use]
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// Returns all events of the call; see [`EventProcessor::events`].
    pub fn events(&self) -> CallEvents {
        self.processor().events(self.id())
    }

    /// Waits for an event of the call; see [`EventProcessor::wait_for_event`].
    pub fn wait_for_event(
        &self,
        condition: impl Fn(&CallEvent) -> bool + Send + Sync + 'static,
    ) -> Wait<Arc<CallEvent>> {
        self.processor().wait_for_event(self.id(), condition)
    }

    /// Creates the request of an operation on this call, such as one that you declared.
    pub fn operation<O: CallOperation>(&self, request: O) -> OperationRequest<O> {
        OperationRequest::new(self.clone(), request)
    }

    answered_operations! {
        /// Plays audio, and completes at the end of the audio. For audio that loops and therefore
        /// never ends, use [`start`](OperationRequest::start).
        play: PlayRequest;
        /// Recognizes input. The result contains the tones or the speech.
        recognize: RecognizeRequest;
        /// Sends tones.
        send_dtmf_tones: SendDtmfTonesRequest;
        /// Adds a participant, and completes when the participant has joined.
        add_participant: AddParticipantRequest;
        /// Cancels the invitation of a participant who has not joined yet.
        cancel_add_participant: CancelAddParticipantRequest;
        /// Removes a participant.
        remove_participant: RemoveParticipantRequest;
        /// Moves participants from another call into this one, and completes when all have moved.
        move_participants: MoveParticipantsRequest;
        /// Transfers a participant, and completes when the target has accepted the call.
        transfer_to_participant: TransferToParticipantRequest;
        /// Starts to stream the audio.
        start_media_streaming: StartMediaStreamingRequest;
        /// Stops streaming the audio.
        stop_media_streaming: StopMediaStreamingRequest;
        /// Starts to transcribe.
        start_transcription: StartTranscriptionRequest;
        /// Stops transcribing.
        stop_transcription: StopTranscriptionRequest;
        /// Changes the language of the transcription. Its events have the operation context of the
        /// start, and therefore the first matching event of the call answers it.
        update_transcription: UpdateTranscriptionRequest;
    }

    accepted_operations! {
        /// Puts a participant on hold. Since no event reports the success, it returns when the
        /// service has accepted the request. [`events`](Self::events) contains `HoldFailed`.
        hold: HoldRequest;
        /// Takes a participant off hold. No event reports the outcome.
        unhold: UnholdRequest;
        /// Mutes participants. `ParticipantsUpdated` reports the change, without an operation
        /// context.
        mute_participants: MuteParticipantsRequest;
        /// Starts to recognize the tones of a participant continuously. [`events`](Self::events)
        /// contains the tones. No event reports the start.
        start_continuous_dtmf_recognition: ContinuousDtmfRecognitionRequest;
    }

    /// Cancels all media operations. The waits for them end with
    /// [`OperationErrorKind::Canceled`](super::OperationErrorKind::Canceled). No event reports the
    /// cancelation itself.
    ///
    /// # Errors
    /// If the request fails.
    pub async fn cancel_all_media_operations(&self) -> Result<(), OperationError> {
        let accepted = self.client().cancel_all_media_operations(self.id()).await;
        accepted.map_err(|error| OperationError::request("cancel_all_media_operations", error))
    }

    /// Stops the continuous recognition of a participant's tones. If no recognition was running, no
    /// event arrives, and the wait ends at its deadline.
    pub fn stop_continuous_dtmf_recognition(
        &self,
        request: ContinuousDtmfRecognitionRequest,
    ) -> OperationRequest<StopContinuousDtmfRecognition> {
        self.operation(StopContinuousDtmfRecognition(request))
    }

    /// Leaves the call, and waits for `CallDisconnected`.
    pub fn hang_up(&self) -> OperationRequest<HangUp> {
        self.operation(HangUp)
    }

    /// Ends the call for all participants, and waits for `CallDisconnected`.
    pub fn terminate(&self) -> OperationRequest<Terminate> {
        self.operation(Terminate)
    }

    /// Starts to record the call, and returns when `RecordingStateChanged` reports that the
    /// recording is running. If the request has no `recording_state_callback_uri` or pauses the
    /// recording on start, it returns when the service has accepted the request.
    ///
    /// # Errors
    /// If the request fails, or `StartRecordingFailed` or the end of the call is reported.
    pub async fn start_recording(
        &self,
        request: StartCallRecordingRequest,
    ) -> Result<RecordingStateResponse, OperationError> {
        const NAME: &str = "start_recording";
        let started = self.client().start_recording(&request).await;
        let started = started.map_err(|error| OperationError::request(NAME, error))?;
        let has_event =
            request.recording_state_callback_uri.is_some() && request.pause_on_start != Some(true);
        let Some(id) = started.recording_id.clone().filter(|_| has_event) else {
            return Ok(started);
        };
        let filter = Filter::of_any_context(move |event| is_start_of(event, &id));
        let read = |event: Arc<CallEvent>| match event.kind {
            CallEventKind::StartRecordingFailed(_) => {
                Some(Err(OperationError::failed(NAME, event)))
            }
            _ => Some(Ok(())),
        };
        self.processor().wait(NAME, Some(self.id()), filter, Box::new(read)).await?;
        Ok(started)
    }

    pub(super) fn processor(&self) -> &EventProcessor {
        self.calls.processor()
    }
}

/// Whether an event reports that a recording is running, or that it cannot be started.
fn is_start_of(event: &CallEvent, recording: &str) -> bool {
    match &event.kind {
        CallEventKind::RecordingStateChanged(changed) => {
            changed.recording_id.as_deref() == Some(recording)
                && changed.state == Some(RecordingState::Active)
        }
        CallEventKind::StartRecordingFailed(failed) => {
            failed.recording_id.as_deref() == Some(recording)
        }
        _ => false,
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("id", &self.id()).finish_non_exhaustive()
    }
}
