//! Call Automation, api-version 2024-09-15: calls made and steered from a server.
//!
//! Each trait is a group of the specification, and each method one of its operations; a
//! [`Client`](crate::Client) has them all once the trait is in scope. The declarations are
//! ordinary user code of [`acs_operations`](crate::acs_operations). [`RecordingFiles`] alone is no
//! such group: its URLs are not declared, but handed out by events.
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
mod recording_files;
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
pub use recording_files::RecordingFiles;
pub use transfer::{CustomCallingContext, TransferCallResponse, TransferToParticipantRequest};
