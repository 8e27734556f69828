//! The operations of Call Automation, and the events that answer each.

use super::operation::{Answer, CallOperation};
use crate::call_automation::events::{
    AddParticipantSucceeded, CallEventKind, CallTransferAccepted, CancelAddParticipantSucceeded,
    MediaStreamingStarted, MediaStreamingStopped, MoveParticipantSucceeded, RecognizeCompleted,
    RemoveParticipantSucceeded, TranscriptionStarted, TranscriptionStopped, TranscriptionUpdated,
};
use crate::call_automation::{
    AddParticipantRequest, AddParticipantResponse, AnswerCallRequest, CallAutomation,
    CallConnection, CallConnectionProperties, CallMedia, CancelAddParticipantRequest,
    CancelAddParticipantResponse, ConnectRequest, ContinuousDtmfRecognitionRequest,
    CreateCallRequest, MoveParticipantsRequest, MoveParticipantsResponse, PlayRequest,
    RecognizeRequest, RemoveParticipantRequest, RemoveParticipantResponse, SendDtmfTonesRequest,
    SendDtmfTonesResult, StartMediaStreamingRequest, StartTranscriptionRequest,
    StopMediaStreamingRequest, StopTranscriptionRequest, TransferCallResponse,
    TransferToParticipantRequest, UpdateTranscriptionRequest,
};
use crate::{Client, Result};

/// The operation that leaves the call. `CallDisconnected` answers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct HangUp;

/// The operation that ends the call for all participants. `CallDisconnected` answers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Terminate;

/// The operation that stops the continuous recognition of a participant's tones.
/// `ContinuousDtmfRecognitionStopped` answers it. The request is that of the start, which no event
/// answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StopContinuousDtmfRecognition(pub ContinuousDtmfRecognitionRequest);

/// Declares the call operations whose request has an operation context: the request, the method
/// that sends it, the response of the service, and the events.
macro_rules! call_operations {
    ($(
        $request:ident: $method:ident($($call:ident)?) -> $accepted:ty,
        completed $completed:ident $(($result:ident))?
        $(, failed $failed:ident)?
        $(, canceled $canceled:ident)?
        $(, has_context $has_context:literal)?
        $(, completing_events |$this:ident| $count:expr)?;
    )*) => {$(
        impl CallOperation for $request {
            type Accepted = $accepted;
            type Completed = call_operations!(@result $($result)?);
            const NAME: &'static str = stringify!($method);
            $(const HAS_CONTEXT: bool = $has_context;)?

            fn answer(event: &CallEventKind) -> Option<Answer<Self::Completed>> {
                match event {
                    call_operations!(@pattern $completed it $($result)?) => {
                        Some(Answer::Completed(call_operations!(@value it $($result)?)))
                    }
                    $(CallEventKind::$failed { .. } => Some(Answer::Failed),)?
                    $(CallEventKind::$canceled { .. } => Some(Answer::Canceled),)?
                    _ => None,
                }
            }

            $(fn completing_events(&self) -> usize {
                let $this = self;
                $count
            })?

            fn operation_context(&self) -> Option<&str> {
                self.operation_context.as_deref()
            }

            fn set_operation_context(&mut self, context: String) {
                self.operation_context = Some(context);
            }

            fn send(
                &self,
                client: &Client,
                _call: &str,
            ) -> impl Future<Output = Result<Self::Accepted>> + Send {
                client.$method($(call_operations!(@argument $call _call),)? self)
            }
        }
    )*};
    (@result) => { () };
    (@result $result:ident) => { $result };
    (@pattern $name:ident $it:ident) => { CallEventKind::$name };
    (@pattern $name:ident $it:ident $result:ident) => { CallEventKind::$name($it) };
    (@value $it:ident) => { () };
    (@value $it:ident $result:ident) => { $it.clone() };
    (@argument call $value:ident) => { $value };
}

call_operations! {
    CreateCallRequest: create_call() -> CallConnectionProperties,
        completed CallConnected, failed CreateCallFailed;
    AnswerCallRequest: answer_call() -> CallConnectionProperties,
        completed CallConnected, failed AnswerFailed;
    ConnectRequest: connect() -> CallConnectionProperties,
        completed CallConnected, failed ConnectFailed;
    TransferToParticipantRequest: transfer_to_participant(call) -> TransferCallResponse,
        completed CallTransferAccepted(CallTransferAccepted),
        failed CallTransferFailed;
    AddParticipantRequest: add_participant(call) -> AddParticipantResponse,
        completed AddParticipantSucceeded(AddParticipantSucceeded),
        failed AddParticipantFailed;
    CancelAddParticipantRequest: cancel_add_participant(call) -> CancelAddParticipantResponse,
        completed CancelAddParticipantSucceeded(CancelAddParticipantSucceeded),
        failed CancelAddParticipantFailed;
    RemoveParticipantRequest: remove_participant(call) -> RemoveParticipantResponse,
        completed RemoveParticipantSucceeded(RemoveParticipantSucceeded),
        failed RemoveParticipantFailed;
    // An event for each participant; the last one is the result.
    MoveParticipantsRequest: move_participants(call) -> MoveParticipantsResponse,
        completed MoveParticipantSucceeded(MoveParticipantSucceeded),
        failed MoveParticipantFailed,
        completing_events |request| request.target_participants.len().max(1);
    PlayRequest: play(call) -> (),
        completed PlayCompleted, failed PlayFailed,
        canceled PlayCanceled;
    RecognizeRequest: recognize(call) -> (),
        completed RecognizeCompleted(RecognizeCompleted),
        failed RecognizeFailed,
        canceled RecognizeCanceled;
    SendDtmfTonesRequest: send_dtmf_tones(call) -> SendDtmfTonesResult,
        completed SendDtmfTonesCompleted, failed SendDtmfTonesFailed;
    StartMediaStreamingRequest: start_media_streaming(call) -> (),
        completed MediaStreamingStarted(MediaStreamingStarted),
        failed MediaStreamingFailed;
    StopMediaStreamingRequest: stop_media_streaming(call) -> (),
        completed MediaStreamingStopped(MediaStreamingStopped),
        failed MediaStreamingFailed;
    StartTranscriptionRequest: start_transcription(call) -> (),
        completed TranscriptionStarted(TranscriptionStarted),
        failed TranscriptionFailed;
    StopTranscriptionRequest: stop_transcription(call) -> (),
        completed TranscriptionStopped(TranscriptionStopped),
        failed TranscriptionFailed;
    // The events have the context of the start.
    UpdateTranscriptionRequest: update_transcription(call) -> (),
        completed TranscriptionUpdated(TranscriptionUpdated),
        failed TranscriptionFailed, has_context false;
}

/// Declares the operations whose request is empty. `CallDisconnected` has the operation context
/// with which the call was established.
macro_rules! ending_operations {
    ($($operation:ident: $method:ident;)*) => {$(
        impl CallOperation for $operation {
            type Accepted = ();
            type Completed = ();
            const NAME: &'static str = stringify!($method);
            const HAS_CONTEXT: bool = false;

            fn answer(event: &CallEventKind) -> Option<Answer<()>> {
                (*event == CallEventKind::CallDisconnected).then_some(Answer::Completed(()))
            }

            fn operation_context(&self) -> Option<&str> {
                None
            }

            fn set_operation_context(&mut self, _: String) {}

            fn send(
                &self,
                client: &Client,
                call: &str,
            ) -> impl Future<Output = Result<()>> + Send {
                client.$method(call)
            }
        }
    )*};
}

ending_operations! {
    HangUp: hangup_call;
    Terminate: terminate_call;
}

impl CallOperation for StopContinuousDtmfRecognition {
    type Accepted = ();
    type Completed = ();
    const NAME: &'static str = "stop_continuous_dtmf_recognition";

    fn answer(event: &CallEventKind) -> Option<Answer<()>> {
        match event {
            CallEventKind::ContinuousDtmfRecognitionStopped => Some(Answer::Completed(())),
            _ => None,
        }
    }

    fn operation_context(&self) -> Option<&str> {
        self.0.operation_context.as_deref()
    }

    fn set_operation_context(&mut self, context: String) {
        self.0.operation_context = Some(context);
    }

    fn send(&self, client: &Client, call: &str) -> impl Future<Output = Result<()>> + Send {
        client.stop_continuous_dtmf_recognition(call, &self.0)
    }
}
