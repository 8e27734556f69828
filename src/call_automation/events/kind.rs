//! The events, and the fields that are specific to each.

use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::declare::call_events;
use super::result::{ChoiceResult, DtmfResult, RecognitionType, SpeechResult};
use super::streaming::{MediaStreamingUpdate, TranscriptionUpdate};
use crate::call_automation::{CallParticipant, RecordingKind, RecordingState, Tone};
use crate::event::Data;
use crate::{CommunicationIdentifier, EventError, UnknownEvent};

impl From<UnknownEvent> for CallEventKind {
    fn from(event: UnknownEvent) -> Self {
        Self::Unknown(event)
    }
}

call_events! {
    /// The call was established, after Create Call, Answer Call or Connect.
    CallConnected ["how-tos/call-automation/actions-for-call-control"];
    /// The call ended, or the application left it, after Hang Up, Terminate, or because all other
    /// participants left.
    CallDisconnected ["how-tos/call-automation/actions-for-call-control"];
    /// No participant could be called, after Create Call.
    CreateCallFailed ["how-tos/call-automation/actions-for-call-control", since "2024-09-15"];
    /// The call could not be answered, after Answer Call.
    AnswerFailed ["how-tos/call-automation/actions-for-call-control", since "2024-09-15"];
    /// The call could not be joined, after Connect.
    ConnectFailed ["concepts/call-automation/call-automation", since "2024-09-15"];
    /// The target accepted the call, after Transfer To Participant.
    CallTransferAccepted ["how-tos/call-automation/actions-for-call-control"] {
        /// The participant to whom the call was transferred.
        transfer_target: CommunicationIdentifier,
        /// The participant who was transferred.
        transferee: CommunicationIdentifier,
    };
    /// The target did not accept the call, after Transfer To Participant.
    CallTransferFailed ["how-tos/call-automation/actions-for-call-control"];
    /// A participant joined, left, was muted or was put on hold. The event answers no operation and
    /// has no operation context. It contains all participants, and is sent at most once per second.
    ParticipantsUpdated ["how-tos/call-automation/actions-for-call-control"] {
        /// The sequence number of the state. Of two events, the later one has the higher number.
        sequence_number: i32,
        /// The participants of the call.
        participants: Vec<CallParticipant>,
    };
    /// The participant joined the call, after Add Participant.
    AddParticipantSucceeded ["how-tos/call-automation/actions-for-call-control"] {
        /// The participant who joined.
        participant: CommunicationIdentifier,
    };
    /// The participant did not join the call, after Add Participant.
    AddParticipantFailed ["how-tos/call-automation/actions-for-call-control"] {
        /// The participant who was called.
        participant: CommunicationIdentifier,
    };
    /// The invitation was canceled, after Cancel Add Participant.
    CancelAddParticipantSucceeded ["how-tos/call-automation/actions-for-call-control"] {
        /// The id of the invitation, which Add Participant returned.
        invitation_id: String,
    };
    /// The invitation could not be canceled, after Cancel Add Participant.
    CancelAddParticipantFailed ["how-tos/call-automation/actions-for-call-control"] {
        /// The id of the invitation, which Add Participant returned.
        invitation_id: String,
    };
    /// The participant left the call, after Remove Participant.
    RemoveParticipantSucceeded ["how-tos/call-automation/actions-for-call-control"] {
        /// The participant who left.
        participant: CommunicationIdentifier,
    };
    /// The participant could not be removed from the call, after Remove Participant.
    RemoveParticipantFailed ["how-tos/call-automation/actions-for-call-control"] {
        /// The participant who could not be removed.
        participant: CommunicationIdentifier,
    };
    /// The participant was moved into the call, after Move Participants.
    MoveParticipantSucceeded ["concepts/call-automation/call-automation", since "2026-03-12"] {
        /// The participant who was moved.
        participant: CommunicationIdentifier,
        /// The `call_connection_id` of the call that the participant left.
        from_call: String,
    };
    /// The participant could not be moved into the call, after Move Participants.
    MoveParticipantFailed ["concepts/call-automation/call-automation", since "2026-03-12"] {
        /// The participant who could not be moved.
        participant: CommunicationIdentifier,
        /// The `call_connection_id` of the call that the participant is in.
        from_call: String,
    };
    /// The audio has begun to play, after Play.
    PlayStarted ["how-tos/call-automation/play-action", since "2024-09-15"];
    /// The audio was played to its end, after Play.
    PlayCompleted ["how-tos/call-automation/play-action"];
    /// The audio could not be played, after Play.
    PlayFailed ["how-tos/call-automation/play-action"] {
        /// The index of the play source that failed, from 0. Introduced in API version 2024-09-15.
        failed_play_source_index: i32,
    };
    /// The audio of Play was canceled, for example by Cancel All Media Operations.
    PlayCanceled ["how-tos/call-automation/play-action"];
    /// Input was recognized, after Recognize. `recognition_type` states which result is present.
    RecognizeCompleted ["how-tos/call-automation/recognize-action"] {
        /// The kind of input that was recognized.
        recognition_type: RecognitionType,
        /// The tones, if the recognition type is `dtmf`.
        dtmf_result: DtmfResult,
        /// The choice, if the recognition type is `choices`.
        choice_result: ChoiceResult,
        /// The speech, if the recognition type is `speech`.
        speech_result: SpeechResult,
    };
    /// No input was recognized, after Recognize. The [`reason`](super::ResultInformation::reason)
    /// states the cause.
    RecognizeFailed ["how-tos/call-automation/recognize-action"] {
        /// The index of the prompt that could not be played, from 0, if this was the cause.
        /// Introduced in API version 2024-09-15.
        failed_play_source_index: i32,
    };
    /// The recognition of Recognize was canceled, for example by Cancel All Media Operations.
    RecognizeCanceled ["how-tos/call-automation/recognize-action"];
    /// The participant pressed a key, at any time after Start Continuous Dtmf Recognition.
    ContinuousDtmfRecognitionToneReceived ["how-tos/call-automation/control-mid-call-media-actions"] {
        /// The sequence number of the tone.
        sequence_id: i32,
        /// The tone.
        tone: Tone,
    };
    /// Tones cannot be recognized, after Start Continuous Dtmf Recognition.
    ContinuousDtmfRecognitionToneFailed ["how-tos/call-automation/control-mid-call-media-actions"];
    /// Tones are no longer recognized, after Stop Continuous Dtmf Recognition.
    ContinuousDtmfRecognitionStopped ["how-tos/call-automation/control-mid-call-media-actions"];
    /// The tones were sent, after Send Dtmf Tones.
    SendDtmfTonesCompleted ["how-tos/call-automation/control-mid-call-media-actions"];
    /// The tones could not be sent, after Send Dtmf Tones.
    SendDtmfTonesFailed ["how-tos/call-automation/control-mid-call-media-actions"];
    /// The participant could not be put on hold, after Hold.
    HoldFailed ["how-tos/call-automation/control-mid-call-media-actions", since "2024-09-15"];
    /// A recording started, paused, resumed or ended, after Start, Pause, Resume or Stop Recording.
    /// The service sends the event to the `recording_state_callback_uri`, without an operation
    /// context.
    RecordingStateChanged ["concepts/voice-video-calling/call-recording"] {
        /// The id of the recording.
        recording_id: String,
        /// Whether the recording is running.
        state: RecordingState,
        /// When the recording started; `None` while it is starting.
        #[serde(with = "crate::timestamp::optional")]
        start_date_time: OffsetDateTime,
        /// The product that records.
        recording_kind: RecordingKind,
    };
    /// The recording could not be started, after Start Recording.
    StartRecordingFailed ["concepts/voice-video-calling/call-recording", since "2025-06-15"] {
        /// The id of the recording.
        recording_id: String,
    };
    /// Audio streaming started, after Start Media Streaming, or with the call.
    MediaStreamingStarted ["concepts/call-automation/audio-streaming-concept", since "2025-05-15"] {
        /// The state of the stream.
        media_streaming_update: MediaStreamingUpdate,
    };
    /// Audio streaming stopped, after Stop Media Streaming.
    MediaStreamingStopped ["concepts/call-automation/audio-streaming-concept", since "2025-05-15"] {
        /// The state of the stream.
        media_streaming_update: MediaStreamingUpdate,
    };
    /// Audio streaming failed, or the connection to the WebSocket was lost.
    MediaStreamingFailed ["concepts/call-automation/audio-streaming-concept", since "2025-05-15"] {
        /// The state of the stream.
        media_streaming_update: MediaStreamingUpdate,
    };
    /// Transcription started, after Start Transcription, or with the call.
    TranscriptionStarted ["concepts/call-automation/real-time-transcription", since "2025-05-15"] {
        /// The state of the transcription.
        transcription_update: TranscriptionUpdate,
    };
    /// Transcription stopped, after Stop Transcription.
    TranscriptionStopped ["concepts/call-automation/real-time-transcription", since "2025-05-15"] {
        /// The state of the transcription.
        transcription_update: TranscriptionUpdate,
    };
    /// The locale of a transcription changed, after Update Transcription. The operation context is
    /// that of Start Transcription.
    TranscriptionUpdated ["concepts/call-automation/real-time-transcription", since "2025-05-15"] {
        /// The state of the transcription.
        transcription_update: TranscriptionUpdate,
    };
    /// Transcription failed, or the connection to the WebSocket was lost.
    TranscriptionFailed ["concepts/call-automation/real-time-transcription", since "2025-05-15"] {
        /// The state of the transcription.
        transcription_update: TranscriptionUpdate,
    };
}
