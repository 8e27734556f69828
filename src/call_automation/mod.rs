//! Call Automation, api-version 2024-09-15: calls made and steered from a server.
//!
//! Each trait is a group of the specification, and each method one of its operations; a
//! [`Client`](crate::Client) has them all once the trait is in scope. The declarations are
//! ordinary user code of [`acs_operations`](crate::acs_operations).
//!
//! Most operations are only accepted when they return: what came of them is told later, by the
//! events that their description names. The service sends these to the `callback_uri` of the call,
//! or to the `operation_callback_uri` of the one operation, with its `operation_context`; they may
//! arrive before the operation returns. [`events::parse`] reads them; the calls that come in are
//! announced by [`event_grid`](crate::event_grid).
//!
//! Source: <https://learn.microsoft.com/rest/api/communication/callautomation/operation-groups>.

mod call;
mod call_connection;
mod call_media;
mod call_recording;
mod dtmf;
pub mod events;
mod hold;
mod incoming;
mod locator;
mod mute;
mod outgoing;
mod participant;
mod play;
mod properties;
mod recognize;
mod recording;
mod time;
mod transfer;

pub use call::CallAutomation;
pub use call_connection::CallConnection;
pub use call_media::CallMedia;
pub use call_recording::CallRecording;
pub use dtmf::{ContinuousDtmfRecognitionRequest, SendDtmfTonesRequest, SendDtmfTonesResult, Tone};
pub use hold::{HoldRequest, UnholdRequest};
pub use incoming::{AnswerCallRequest, CallRejectReason, RedirectCallRequest, RejectCallRequest};
pub use locator::CallLocator;
pub use mute::{MuteParticipantsRequest, MuteParticipantsResult};
pub use outgoing::{CallIntelligenceOptions, ConnectRequest, CreateCallRequest};
pub use participant::{
    AddParticipantRequest, AddParticipantResponse, CallParticipant, CancelAddParticipantRequest,
    CancelAddParticipantResponse, RemoveParticipantRequest, RemoveParticipantResponse,
};
pub use play::{
    FileSource, PlayOptions, PlayRequest, PlaySource, PlaySourceKind, SsmlSource, TextSource,
    VoiceKind,
};
pub use properties::{CallConnectionProperties, CallConnectionState};
pub use recognize::{
    Choice, DtmfOptions, RecognizeInput, RecognizeOptions, RecognizeRequest, SpeechOptions,
};
pub use recording::{
    ChannelAffinity, ExternalStorage, RecordingChannelType, RecordingContentType,
    RecordingFormatType, RecordingKind, RecordingState, RecordingStateResponse,
    StartCallRecordingRequest,
};
pub use transfer::{CustomCallingContext, TransferCallResponse, TransferToParticipantRequest};
