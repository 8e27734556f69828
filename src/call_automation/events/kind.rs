//! The events, and the fields that each has for itself.

use serde::Deserialize;
use time::OffsetDateTime;

use super::{ChoiceResult, DtmfResult, RecognitionType, SpeechResult};
use crate::call_automation::{CallParticipant, RecordingKind, RecordingState, Tone};
use crate::event::Data;
use crate::timestamp::optional;
use crate::{CommunicationIdentifier, EventError, UnknownEvent};

/// The enum, and the one place where a name becomes a variant. Every field may be absent.
macro_rules! call_events {
    (@read $data:ident $name:ident) => { Self::$name };
    (@read $data:ident $name:ident {
        $($(#[serde $serde:tt])? $field:ident: $type:ty,)*
    }) => {{
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", expecting = "an object")]
        struct Fields {
            $($(#[serde $serde])? $field: Option<$type>,)*
        }
        let fields: Fields = $data.read()?;
        Self::$name { $($field: fields.$field,)* }
    }};
    ($(
        $(#[$about:meta])*
        $name:ident $({$(
            $(#[doc = $doc:literal])*
            $(#[serde $serde:tt])?
            $field:ident: $type:ty,
        )*})?,
    )*) => {
        /// What happened: the events of Call Automation 2024-09-15, named as their types are, without
        /// `Microsoft.Communication.`.
        ///
        /// Any field may be absent. Source:
        /// <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/call-automation>.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum CallEventKind {
            $(
                $(#[$about])*
                $name $({$(
                    $(#[doc = $doc])*
                    $field: Option<$type>,
                )*})?,
            )*
            /// An event of a later version, or of another service.
            Unknown(UnknownEvent),
        }

        impl CallEventKind {
            /// The event of that name; `None` if there is none.
            pub(super) fn read(name: &str, data: &Data<'_>) -> Result<Option<Self>, EventError> {
                Ok(Some(match name {
                    $(stringify!($name) => call_events!(
                        @read data $name $({$($(#[serde $serde])? $field: $type,)*})?
                    ),)*
                    _ => return Ok(None),
                }))
            }
        }
    };
}

impl From<UnknownEvent> for CallEventKind {
    fn from(event: UnknownEvent) -> Self {
        Self::Unknown(event)
    }
}

call_events! {
    /// The call is up: after Create Call, Answer Call or Connect.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    CallConnected,
    /// The call is over, or left by this application: after Hang Up, Terminate, or because everybody
    /// else has gone.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    CallDisconnected,
    /// Nobody could be called: after Create Call.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    CreateCallFailed,
    /// The call could not be taken: after Answer Call.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    AnswerFailed,
    /// The call could not be joined: after Connect.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/concepts/call-automation/call-automation>.
    ConnectFailed,
    /// Somebody else has taken the call: after Transfer To Participant.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    #[non_exhaustive]
    CallTransferAccepted {
        /// Who takes the call over.
        transfer_target: CommunicationIdentifier,
        /// Who was handed over.
        transferee: CommunicationIdentifier,
    },
    /// Nobody else has taken the call: after Transfer To Participant.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    CallTransferFailed,
    /// Somebody came, went, or was muted or put on hold. It answers no operation, and has no
    /// operation context. At most one a second comes, each with everybody who is in the call.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    #[non_exhaustive]
    ParticipantsUpdated {
        /// Which state of the call is the newer one, should two overtake each other: the higher.
        sequence_number: i32,
        /// Who is in the call now.
        participants: Vec<CallParticipant>,
    },
    /// Somebody has come into the call: after Add Participant.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    #[non_exhaustive]
    AddParticipantSucceeded {
        /// Who has come.
        participant: CommunicationIdentifier,
    },
    /// Somebody has not come into the call: after Add Participant.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    #[non_exhaustive]
    AddParticipantFailed {
        /// Who was called.
        participant: CommunicationIdentifier,
    },
    /// An invitation was taken back: after Cancel Add Participant.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    #[non_exhaustive]
    CancelAddParticipantSucceeded {
        /// The id that adding the participant returned.
        invitation_id: String,
    },
    /// An invitation could not be taken back: after Cancel Add Participant.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    #[non_exhaustive]
    CancelAddParticipantFailed {
        /// The id that adding the participant returned.
        invitation_id: String,
    },
    /// Somebody has left the call: after Remove Participant.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    #[non_exhaustive]
    RemoveParticipantSucceeded {
        /// Who has left.
        participant: CommunicationIdentifier,
    },
    /// Somebody could not be removed from the call: after Remove Participant.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control>.
    #[non_exhaustive]
    RemoveParticipantFailed {
        /// Who was to leave.
        participant: CommunicationIdentifier,
    },
    /// It is being played: after Play.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/play-action>.
    PlayStarted,
    /// It was played to the end: after Play.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/play-action>.
    PlayCompleted,
    /// It could not be played: after Play.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/play-action>.
    #[non_exhaustive]
    PlayFailed {
        /// Which of the play sources it was, from 0.
        failed_play_source_index: i32,
    },
    /// It was broken off: after Play, by Cancel All Media Operations.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/play-action>.
    PlayCanceled,
    /// Something was recognised: after Recognize. The `recognition_type` says which of the results
    /// there is.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/recognize-action>.
    #[non_exhaustive]
    RecognizeCompleted {
        /// What was recognised.
        recognition_type: RecognitionType,
        /// The tones.
        dtmf_result: DtmfResult,
        /// The choice.
        choice_result: ChoiceResult,
        /// What was said.
        speech_result: SpeechResult,
    },
    /// Nothing was recognised: after Recognize.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/recognize-action>.
    #[non_exhaustive]
    RecognizeFailed {
        /// Which of the prompts could not be played, from 0, if it was that.
        failed_play_source_index: i32,
    },
    /// It is no longer waited for: after Recognize, by Cancel All Media Operations.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/recognize-action>.
    RecognizeCanceled,
    /// A tone was dialled: any time after Start Continuous Dtmf Recognition.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/control-mid-call-media-actions>.
    #[non_exhaustive]
    ContinuousDtmfRecognitionToneReceived {
        /// Where in the order of the tones it stands.
        sequence_id: i32,
        /// The tone.
        tone: Tone,
    },
    /// Tones cannot be listened for: after Start Continuous Dtmf Recognition.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/control-mid-call-media-actions>.
    ContinuousDtmfRecognitionToneFailed,
    /// Tones are no longer listened for: after Stop Continuous Dtmf Recognition.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/control-mid-call-media-actions>.
    ContinuousDtmfRecognitionStopped,
    /// The tones were dialled: after Send Dtmf Tones.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/control-mid-call-media-actions>.
    SendDtmfTonesCompleted,
    /// The tones could not be dialled: after Send Dtmf Tones.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/control-mid-call-media-actions>.
    SendDtmfTonesFailed,
    /// Somebody could not be put on hold: after Hold.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/control-mid-call-media-actions>.
    HoldFailed,
    /// A recording began, paused, went on or ended: after Start, Pause, Resume or Stop Recording. It
    /// comes to the `recording_state_callback_uri` and has no operation context.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/concepts/voice-video-calling/call-recording>.
    #[non_exhaustive]
    RecordingStateChanged {
        /// The id that the operations on the recording take.
        recording_id: String,
        /// Whether it is being recorded now.
        state: RecordingState,
        /// When it began.
        #[serde(default, deserialize_with = "optional")]
        start_date_time: OffsetDateTime,
        /// Who records.
        recording_kind: RecordingKind,
    },
}
