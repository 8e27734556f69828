//! The events that Event Grid sends to a webhook: incoming calls, calls, recordings, SMS and
//! e-mails.
//!
//! Both schemas are supported: Event Grid's own schema, and CloudEvents 1.0. A subscription begins
//! with a handshake. In Event Grid's schema, it is an event, whose response is
//! [`SubscriptionValidation::response_body`]. In CloudEvents, it is an `OPTIONS` request, for which
//! [`CloudEventsHandshake`] creates the response.
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
//! The case of field names and enum values is ignored, since the service is not consistent.
//!
//! The body does not authenticate its sender: configure Event Grid to authenticate with Microsoft
//! Entra, or to use a URL with a secret. Source:
//! <https://learn.microsoft.com/azure/event-grid/event-schema-communication-services>.

mod call;
mod duration;
mod email;
mod incoming_call;
mod recording_file;
mod sms;
mod validation;

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use time::OffsetDateTime;

pub use self::call::{
    CallEndReason, CallEnded, CallEndedBy, CallGroup, CallParticipantAdded,
    CallParticipantProperties, CallParticipantRemoved, CallRoom, CallStarted,
};
pub use self::email::{
    EmailDeliveryReportReceived, EmailDeliveryStatus, EmailDeliveryStatusDetails,
    EmailEngagementTrackingReportReceived, EmailEngagementType,
};
pub use self::incoming_call::IncomingCall;
pub use self::recording_file::{RecordingChunk, RecordingFileStatusUpdated, RecordingStorageInfo};
pub use self::sms::{
    SmsDeliveryAttempt, SmsDeliveryReportReceived, SmsDeliveryStatus, SmsReceived,
};
pub use self::validation::{CloudEventsHandshake, SubscriptionValidation};
use crate::event::{Data, Entry, data_of, entries, object, read_data, written};
use crate::{EventError, UnknownEvent};

/// An event of Event Grid.
///
/// `Debug` shows the typed fields only, without secrets.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GridEvent {
    /// The id of the event. An event that arrives twice has the same id.
    pub id: String,
    /// The type as the service writes it, such as `Microsoft.Communication.IncomingCall`.
    pub event_type: String,
    /// The resource that the event comes from: the `source` or the `topic`.
    pub source: Option<String>,
    /// The subject, such as `/caller/…/recipient/…`.
    pub subject: Option<String>,
    /// When the event happened.
    pub time: Option<OffsetDateTime>,
    /// What happened.
    pub kind: GridEventKind,
    /// The event as received; `None` if it was created locally, or is kept in `kind`.
    json: Option<String>,
}

/// Declares the kinds, each with its type.
macro_rules! grid_events {
    ($($(#[$about:meta])* $name:ident = $event_type:literal,)*) => {
        /// What happened.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[expect(clippy::large_enum_variant, reason = "an event is read once and matched, not stored by the thousand")]
        pub enum GridEventKind {
            $(
                $(#[$about])*
                #[doc = concat!("\n\nThe type is `", $event_type, "`.")]
                $name($name),
            )*
            /// Another event.
            Unknown(UnknownEvent),
        }

        impl GridEventKind {
            fn read(event_type: &str, entry: Entry<'_>, data: &Data<'_>) -> Result<Self, EventError> {
                match event_type {
                    $($event_type => data.read().map(Self::$name),)*
                    _ => Ok(Self::Unknown(UnknownEvent::of(entry))),
                }
            }

            fn event_type(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $event_type,)*
                    Self::Unknown(_) => "",
                }
            }

            fn fields(&self) -> Map<String, Value> {
                match self {
                    $(Self::$name(event) => object(event),)*
                    Self::Unknown(_) => Map::new(),
                }
            }
        }

        $(impl From<$name> for GridEventKind {
            fn from(event: $name) -> Self {
                Self::$name(event)
            }
        })*
    };
}

grid_events! {
    /// A call came in.
    IncomingCall = "Microsoft.Communication.IncomingCall",
    /// A call started.
    CallStarted = "Microsoft.Communication.CallStarted",
    /// A call ended.
    CallEnded = "Microsoft.Communication.CallEnded",
    /// A participant joined a call.
    CallParticipantAdded = "Microsoft.Communication.CallParticipantAdded",
    /// A participant left a call.
    CallParticipantRemoved = "Microsoft.Communication.CallParticipantRemoved",
    /// A recording, or a part of one, can be downloaded.
    RecordingFileStatusUpdated = "Microsoft.Communication.RecordingFileStatusUpdated",
    /// An SMS was received.
    SmsReceived = "Microsoft.Communication.SMSReceived",
    /// An SMS was delivered or could not be delivered.
    SmsDeliveryReportReceived = "Microsoft.Communication.SMSDeliveryReportReceived",
    /// An e-mail was delivered or could not be delivered.
    EmailDeliveryReportReceived = "Microsoft.Communication.EmailDeliveryReportReceived",
    /// A recipient opened an e-mail, or clicked a link in it.
    EmailEngagementTrackingReportReceived =
        "Microsoft.Communication.EmailEngagementTrackingReportReceived",
    /// Event Grid requests confirmation that the endpoint accepts the events.
    SubscriptionValidation = "Microsoft.EventGrid.SubscriptionValidationEvent",
}

/// Reads the body of a request from Event Grid: a list of events, or a single event.
///
/// An event of another type becomes [`GridEventKind::Unknown`]. An event that cannot be read
/// becomes an error, which names the event and the field; the other events are still read.
///
/// # Errors
/// If the body as a whole is not JSON.
pub fn parse(body: &[u8]) -> Result<Vec<Result<GridEvent, EventError>>, EventError> {
    Ok(entries(body)?.into_iter().map(GridEvent::read).collect())
}

/// Reads the data of an event that is delivered without its envelope, for example by a Service Bus
/// queue or by a function binding that unwraps it.
///
/// `T` is the data of an event, or a type of your own.
///
/// ```
/// use acs_rest::event_grid::{self, IncomingCall};
///
/// let message = br#"{"to": {"rawId": "4:+18005550100"}, "incomingCallContext": "eyJ"}"#;
/// let call: IncomingCall = event_grid::parse_data(message)?;
/// assert_eq!(call.to.unwrap().raw_id(), "4:+18005550100");
/// # Ok::<(), acs_rest::EventError>(())
/// ```
///
/// # Errors
/// If the message is not the JSON of a `T`.
pub fn parse_data<T: DeserializeOwned>(message: &[u8]) -> Result<T, EventError> {
    read_data(message)
}

impl GridEvent {
    /// Creates an event, for tests.
    pub fn new(id: impl Into<String>, kind: impl Into<GridEventKind>) -> Self {
        let kind = kind.into();
        Self {
            id: id.into(),
            event_type: kind.event_type().to_owned(),
            source: None,
            subject: None,
            time: None,
            kind,
            json: None,
        }
    }

    /// Reads the event's `data` as a type of your own, for example to read a field that this crate
    /// does not define. Returns `None` if the event has no data.
    ///
    /// # Errors
    /// If the data is not a `T`.
    pub fn data<T: DeserializeOwned>(&self) -> Result<Option<T>, EventError> {
        data_of(&self.json())
    }

    /// Returns the event with its envelope as JSON: as received, or, if it was created locally, as
    /// a CloudEvent.
    #[must_use]
    pub fn json(&self) -> Cow<'_, str> {
        match (&self.json, &self.kind) {
            (Some(json), _) => json.into(),
            (None, GridEventKind::Unknown(unknown)) => (&unknown.json).into(),
            (None, kind) => {
                let (source, subject) = (self.source.as_deref(), self.subject.as_deref());
                written(&self.id, &self.event_type, source, subject, self.time, kind.fields())
                    .into()
            }
        }
    }

    fn read(entry: Entry<'_>) -> Result<Self, EventError> {
        let envelope = entry.envelope().map_err(|error| match error.event_type() {
            Some(_) => error,
            None => error.with_help("data without an envelope is for `event_grid::parse_data`"),
        })?;
        let kind = GridEventKind::read(&envelope.event_type, entry, &entry.data(&envelope))?;
        let json = (!matches!(kind, GridEventKind::Unknown(_))).then(|| entry.json());
        Ok(Self {
            id: envelope.id,
            event_type: envelope.event_type,
            source: envelope.source,
            subject: envelope.subject,
            time: envelope.time,
            kind,
            json,
        })
    }
}

impl fmt::Debug for GridEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GridEvent")
            .field("id", &self.id)
            .field("event_type", &self.event_type)
            .field("source", &self.source)
            .field("subject", &self.subject)
            .field("time", &self.time)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
