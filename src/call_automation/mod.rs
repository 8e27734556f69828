//! The operations, models and events of Call Automation, with which a server creates, answers and
//! controls calls, in the api-versions 2024-09-15 to 2026-03-12.
//!
//! Each trait is an operation group of the specification, and each method is one operation. A
//! [`Client`](crate::Client) implements all the traits; import a trait to call its methods. The
//! operations are declared with [`acs_operations`](macro@crate::acs_operations) and the models with
//! [`acs_model`](macro@crate::acs_model), as in a program of your own. The exception is
//! [`RecordingFiles`], whose URLs come from events.
//!
//! ```
//! use acs_rest::PhoneNumberIdentifier;
//! use acs_rest::call_automation::{
//!     CallAutomation, CallConnection, CallMedia, CreateCallRequest, PlayRequest, TextSource,
//! };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> acs_rest::Result<()> {
//! # let emulator = acs_rest_emulator::Emulator::start().await;
//! # let client = acs_rest::Client::from_connection_string(emulator.connection_string())?;
//! let phone = PhoneNumberIdentifier::new("+14255550123");
//! let request = CreateCallRequest::new([phone], "https://contoso.example/events")
//!     .source_caller_id_number(PhoneNumberIdentifier::new("+14255550100"));
//! if let Some(call) = client.create_call(&request).await?.call_connection_id {
//!     let text = TextSource::new("Your order is on its way.").source_locale("en-US");
//!     client.play(&call, &PlayRequest::new([text])).await?;
//!     client.hangup_call(&call).await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Most operations return once the service has accepted them; the outcome arrives as one of the
//! events listed for each operation. The service sends events to the `callback_uri` of the call, or
//! to the `operation_callback_uri` of the operation. They contain the `operation_context` of the
//! operation. An event can arrive before the operation returns. [`events::parse`] reads events, and
//! [`event_grid`](crate::event_grid) reads the notifications of incoming calls.
//!
//! # API versions
//!
//! A request contains the latest of these api-versions: that of the client, which is `2024-09-15`
//! unless [`ClientBuilder::api_version`](crate::ClientBuilder::api_version) sets another one; the
//! one that introduced the operation; and those that introduced the fields that the request sets.
//! An operation or field of a later version therefore works without any setting, and the service
//! does not ignore it. The documentation of every later operation, model and field names the
//! version that introduced it. Responses of any of these versions can be read.
//!
//! [`CallOptions::api_version`](crate::CallOptions::api_version) pins the version for certain calls
//! or for a client. A call that requires a later version then fails before anything is sent.
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
mod media_streaming;
mod move_participants;
mod mute;
mod outgoing;
mod participant;
mod play;
mod properties;
mod recognize;
mod recording;
mod recording_files;
mod teams_phone;
mod transcription;
mod transfer;

pub use call::CallAutomation;
pub use call_connection::CallConnection;
pub use call_media::CallMedia;
pub use call_recording::CallRecording;
pub use dtmf::{ContinuousDtmfRecognitionRequest, SendDtmfTonesRequest, SendDtmfTonesResult, Tone};
pub use hold::{HoldRequest, UnholdRequest};
pub use incoming::{AnswerCallRequest, CallRejectReason, RedirectCallRequest, RejectCallRequest};
pub use locator::CallLocator;
pub use media_streaming::{
    AudioFormat, MediaStreamingAudioChannelType, MediaStreamingContentType, MediaStreamingOptions,
    MediaStreamingSubscription, MediaStreamingSubscriptionState, StartMediaStreamingRequest,
    StopMediaStreamingRequest, WebSocketMediaStreamingOptions,
};
pub use move_participants::{MoveParticipantsRequest, MoveParticipantsResponse};
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
    ChannelAffinity, ExternalStorage, RecordedCall, RecordingChannelType, RecordingContentType,
    RecordingFormatType, RecordingKind, RecordingState, RecordingStateResponse,
    StartCallRecordingRequest,
};
pub use recording_files::RecordingFiles;
pub use teams_phone::{TeamsPhoneCallDetails, TeamsPhoneCallerDetails, TeamsPhoneSourceDetails};
pub use transcription::{
    StartTranscriptionRequest, StopTranscriptionRequest, TranscriptionOptions,
    TranscriptionResultType, TranscriptionSubscription, TranscriptionSubscriptionState,
    UpdateTranscriptionRequest, WebSocketTranscriptionOptions,
};
pub use transfer::{CustomCallingContext, TransferCallResponse, TransferToParticipantRequest};
