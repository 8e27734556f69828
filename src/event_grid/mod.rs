//! The events that Event Grid sends to a webhook: calls that come in, and recordings that are ready.
//!
//! Both forms of delivery are read: Event Grid's own schema, and CloudEvents 1.0. A subscription
//! begins with a question, which is answered by
//! [`SubscriptionValidation::response_body`] in the first form; in the second it is a request with
//! the method OPTIONS, whose answer has the header `WebHook-Allowed-Origin`.
//!
//! ```
//! use acs_rest::call_automation::AnswerCallRequest;
//! use acs_rest::event_grid::{self, GridEventKind};
//!
//! # let body = br#"{"id": "1", "source": "/subscriptions/a", "specversion": "1.0",
//! #   "type": "Microsoft.Communication.IncomingCall", "data": {"incomingCallContext": "c"}}"#;
//! for event in event_grid::parse(body)? {
//!     match event?.kind {
//!         GridEventKind::SubscriptionValidation(question) => {
//!             println!("answer 200, {}", question.response_body());
//!         }
//!         GridEventKind::IncomingCall(call) => {
//!             let Some(context) = call.incoming_call_context else { continue };
//!             let request = AnswerCallRequest::new(context, "https://contoso.example/events");
//!             # drop(request);
//!         }
//!         _ => {}
//!     }
//! }
//! # Ok::<(), acs_rest::EventError>(())
//! ```
//!
//! Nothing in the body proves who sent it: Event Grid can be told to sign in, or to use a URL with
//! a secret. Source: <https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events>
//! and <https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema>.

mod incoming_call;
mod recording_file;
mod validation;

pub use incoming_call::IncomingCall;
pub use recording_file::{RecordingChunk, RecordingFileStatusUpdated, RecordingStorageInfo};
use time::OffsetDateTime;
pub use validation::SubscriptionValidation;

use crate::event::{Entry, entries};
use crate::{EventError, UnknownEvent};

/// An event of Event Grid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GridEvent {
    /// The id of the event: one that comes twice has the same.
    pub id: String,
    /// The type as it is written, such as `Microsoft.Communication.IncomingCall`.
    pub event_type: String,
    /// The resource it comes from: the `source` or the `topic`.
    pub source: Option<String>,
    /// What it is about, such as `/caller/…/recipient/…`.
    pub subject: Option<String>,
    /// When it happened.
    pub time: Option<OffsetDateTime>,
    /// What happened.
    pub kind: GridEventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a few at a time, and easier to match without a box")]
#[non_exhaustive]
pub enum GridEventKind {
    /// Somebody calls.
    IncomingCall(IncomingCall),
    /// A recording, or a part of one, can be downloaded.
    RecordingFileStatusUpdated(RecordingFileStatusUpdated),
    /// Event Grid asks whether the events are wanted here.
    SubscriptionValidation(SubscriptionValidation),
    /// Another event.
    Unknown(UnknownEvent),
}

/// Reads the body of a request by Event Grid: a list of events, or one.
///
/// An event of another type is [`GridEventKind::Unknown`]. One that cannot be read is an error in
/// its place, which says what is wrong with it, and where; the others are not lost.
///
/// # Errors
/// If the body as a whole is no JSON.
pub fn parse(body: &[u8]) -> Result<Vec<Result<GridEvent, EventError>>, EventError> {
    Ok(entries(body)?.into_iter().map(GridEvent::read).collect())
}

impl GridEvent {
    fn read(entry: Entry<'_>) -> Result<Self, EventError> {
        let envelope = entry.envelope()?;
        let data = entry.data(&envelope);
        let kind = match &*envelope.event_type {
            "Microsoft.Communication.IncomingCall" => GridEventKind::IncomingCall(data.read()?),
            "Microsoft.Communication.RecordingFileStatusUpdated" => {
                GridEventKind::RecordingFileStatusUpdated(data.read()?)
            }
            "Microsoft.EventGrid.SubscriptionValidationEvent" => {
                GridEventKind::SubscriptionValidation(data.read()?)
            }
            _ => GridEventKind::Unknown(entry.unknown()),
        };
        Ok(Self {
            id: envelope.id,
            event_type: envelope.event_type,
            source: envelope.source,
            subject: envelope.subject,
            time: envelope.time,
            kind,
        })
    }
}
