//! The events of a call, which the service sends to the callback URL.
//!
//! The body of a callback request is a list of CloudEvents 1.0. Respond promptly, with a status
//! from 200 to 299. An event can arrive twice, late, or before the operation returns: `id`
//! identifies the event, and [`operation_context`](CallEvent::operation_context) identifies the
//! operation that it answers, if the request had one.
//!
//! ```
//! use acs_rest::call_automation::events::{self, CallEventKind, DtmfResult};
//!
//! # let body = br#"[{"id": "1", "source": "calling/callConnections/a", "specversion": "1.0",
//! #   "type": "Microsoft.Communication.RecognizeCompleted", "time": "2023-03-21T17:22:35.4300007+00:00",
//! #   "data": {"callConnectionId": "a", "operationContext": "ask for the PIN",
//! #     "recognitionType": "dtmf", "dtmfResult": {"tones": ["one", "pound"]}}}]"#;
//! for event in events::parse(body)? {
//!     let event = match event {
//!         Ok(event) => event,
//!         Err(error) => {
//!             eprintln!("{error}"); // the other events are still read
//!             continue;
//!         }
//!     };
//!     match (event.operation_context(), &event.kind) {
//!         (Some("ask for the PIN"), CallEventKind::RecognizeCompleted(recognized)) => {
//!             let tones = recognized.dtmf_result.as_ref().and_then(|it| it.tones.as_deref());
//!             assert_eq!(tones.unwrap_or_default().len(), 2);
//!         }
//!         (Some("ask for the PIN"), CallEventKind::RecognizeFailed(_)) => {
//!             match event.reason() {
//!                 Some(reason) if reason.is_no_input() => eprintln!("no PIN, ask again"),
//!                 reason => eprintln!("no PIN: {reason:?}"),
//!             }
//!         }
//!         (_, CallEventKind::CallDisconnected) => eprintln!("{:?} ended", event.call_connection_id()),
//!         _ => {}
//!     }
//! }
//! # Ok::<(), acs_rest::EventError>(())
//! ```
//!
//! A value that means "none" (an empty text, a date in the year 1) is read as `None`, and the case
//! of field names is ignored. [`data`](CallEvent::data) and [`json`](CallEvent::json) give access
//! to fields that this crate does not define.
//!
//! The body does not authenticate its sender. The service authenticates with a JWT in the
//! `authorization` header: check it with `webhook::WebhookVerifier` (feature `webhook`) before you
//! read the body, and limit the length of the body. Source:
//! <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint>.
//!
//! # Testing a handler of events
//!
//! Every event can be created, and written in the format of the service:
//!
//! ```
//! use acs_rest::call_automation::Tone;
//! use acs_rest::call_automation::events::{self, CallEvent, DtmfResult, RecognizeCompleted};
//!
//! let recognized = RecognizeCompleted::new().dtmf_result(DtmfResult::new().tones([Tone::One]));
//! let event = CallEvent::new("1", recognized)
//!     .with_call_connection_id("a")
//!     .with_operation_context("ask for the PIN");
//! let body = format!("[{}]", event.json());
//!
//! let read = events::parse(body.as_bytes())?.remove(0)?;
//! assert_eq!((read.kind, read.id), (event.kind, event.id));
//! # Ok::<(), acs_rest::EventError>(())
//! ```

mod declare;
mod kind;
mod reason;
mod result;
mod streaming;

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use self::kind::*;
pub use self::reason::ReasonCode;
pub use self::result::{
    ChoiceResult, DtmfResult, RecognitionType, ResultInformation, SipDiagnosticInfo, SpeechResult,
};
pub use self::streaming::{
    MediaStreamingStatus, MediaStreamingStatusDetails, MediaStreamingUpdate, TranscriptionStatus,
    TranscriptionStatusDetails, TranscriptionUpdate,
};
use crate::event::{Entry, TYPE_PREFIX, data_of, entries, object, written};
use crate::{EventError, UnknownEvent};

/// An event of a call: what happened, in which call, and as the result of which operation.
///
/// `Debug` shows the typed fields only.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CallEvent {
    /// The id of the event. An event that arrives twice has the same id.
    pub id: String,
    /// The type as the service writes it, such as `Microsoft.Communication.CallConnected`.
    pub event_type: String,
    /// The source, such as `calling/callConnections/<id>`.
    pub source: Option<String>,
    /// The subject, often the same as the source.
    pub subject: Option<String>,
    /// When the event happened.
    pub time: Option<OffsetDateTime>,
    /// What happened.
    pub kind: CallEventKind,
    common: Common,
    /// The event as received; `None` if it was created locally, or is kept in `kind`.
    json: Option<String>,
}

/// The fields that nearly every event has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object", default)]
struct Common {
    #[serde(skip_serializing_if = "Option::is_none")]
    call_connection_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_call_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_context: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result_information: Option<ResultInformation>,
    /// The former name; not an alias, since one of the two may be null.
    #[serde(skip_serializing)]
    result_info: Option<ResultInformation>,
}

/// Reads the body of a request to the callback URL: a list of events, or a single event.
///
/// An event of an unknown type becomes [`CallEventKind::Unknown`]. An event that cannot be read
/// becomes an error, which names the event and the field; the other events are still read. The
/// order of the body is kept.
///
/// # Errors
/// If the body as a whole is not JSON, or neither a list nor an object.
pub fn parse(body: &[u8]) -> Result<Vec<Result<CallEvent, EventError>>, EventError> {
    Ok(entries(body)?.into_iter().map(CallEvent::read).collect())
}

impl CallEvent {
    /// Creates an event, for tests.
    pub fn new(id: impl Into<String>, kind: impl Into<CallEventKind>) -> Self {
        let kind = kind.into();
        Self {
            id: id.into(),
            event_type: format!("{TYPE_PREFIX}{}", kind.name().unwrap_or_default()),
            source: None,
            subject: None,
            time: None,
            kind,
            common: Common::default(),
            json: None,
        }
    }

    /// Sets the id of the call connection, and the corresponding source.
    #[must_use]
    pub fn with_call_connection_id(mut self, id: impl Into<String>) -> Self {
        let id = id.into();
        self.source = Some(format!("calling/callConnections/{id}"));
        self.common.call_connection_id = Some(id);
        self
    }

    /// Sets the id by which a [`CallLocator`](super::CallLocator) locates the call.
    #[must_use]
    pub fn with_server_call_id(mut self, id: impl Into<String>) -> Self {
        self.common.server_call_id = Some(id.into());
        self
    }

    /// Sets the id that identifies the call in the logs of the service.
    #[must_use]
    pub fn with_correlation_id(mut self, id: impl Into<String>) -> Self {
        self.common.correlation_id = Some(id.into());
        self
    }

    /// Sets the operation context.
    #[must_use]
    pub fn with_operation_context(mut self, context: impl Into<String>) -> Self {
        self.common.operation_context = Some(context.into());
        self
    }

    /// Sets the result of the operation.
    #[must_use]
    pub fn with_result_information(mut self, result: ResultInformation) -> Self {
        self.common.result_information = Some(result);
        self
    }

    /// Sets the time of the event.
    #[must_use]
    pub fn with_time(mut self, time: OffsetDateTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Returns the operation context of the request that the event answers, if it had one.
    #[must_use]
    pub fn operation_context(&self) -> Option<&str> {
        self.common.operation_context.as_deref()
    }

    /// Returns the id by which operations address the call.
    #[must_use]
    pub fn call_connection_id(&self) -> Option<&str> {
        self.common.call_connection_id.as_deref()
    }

    /// Returns the id by which a [`CallLocator`](super::CallLocator) locates the call.
    #[must_use]
    pub fn server_call_id(&self) -> Option<&str> {
        self.common.server_call_id.as_deref()
    }

    /// Returns the id that identifies the call in the logs of the service.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.common.correlation_id.as_deref()
    }

    /// Returns the result of the operation, as codes and a message.
    #[must_use]
    pub fn result_information(&self) -> Option<&ResultInformation> {
        self.common.result_information.as_ref().or(self.common.result_info.as_ref())
    }

    /// Returns the reason that the sub-code of the result stands for.
    #[must_use]
    pub fn reason(&self) -> Option<ReasonCode> {
        self.result_information().and_then(ResultInformation::reason)
    }

    /// Reads the event's `data` as a type of your own, for example to read a field that this crate
    /// does not define. Returns `None` if the event has no data.
    ///
    /// ```
    /// use acs_rest::call_automation::events;
    ///
    /// #[derive(serde::Deserialize)]
    /// #[serde(rename_all = "camelCase")]
    /// struct Versioned {
    ///     version: String,
    /// }
    ///
    /// # let body = br#"{"id": "1", "source": "a", "type": "Microsoft.Communication.CallConnected",
    /// #   "data": {"callConnectionId": "a", "version": "2026-03-12"}}"#;
    /// let event = events::parse(body)?.remove(0)?;
    /// assert_eq!(event.data::<Versioned>()?.unwrap().version, "2026-03-12");
    /// # Ok::<(), acs_rest::EventError>(())
    /// ```
    ///
    /// # Errors
    /// If the data is not a `T`.
    pub fn data<T: DeserializeOwned>(&self) -> Result<Option<T>, EventError> {
        data_of(&self.json())
    }

    /// Returns the event with its envelope as JSON: as received, or, if it was created locally, as
    /// the service writes it.
    #[must_use]
    pub fn json(&self) -> Cow<'_, str> {
        match (&self.json, &self.kind) {
            (Some(json), _) => json.into(),
            (None, CallEventKind::Unknown(unknown)) => (&unknown.json).into(),
            (None, kind) => self.written(kind).into(),
        }
    }

    /// The length of the event as received, in bytes; 0 if it was created locally.
    #[cfg(feature = "event-processor")]
    pub(crate) fn json_length(&self) -> usize {
        match &self.kind {
            CallEventKind::Unknown(unknown) => unknown.json.len(),
            _ => self.json.as_ref().map_or(0, String::len),
        }
    }

    fn written(&self, kind: &CallEventKind) -> String {
        let mut data = object(&self.common);
        data.append(&mut kind.fields());
        let (source, subject) = (self.source.as_deref(), self.subject.as_deref());
        written(&self.id, &self.event_type, source, subject, self.time, data)
    }

    fn read(entry: Entry<'_>) -> Result<Self, EventError> {
        let envelope = entry.envelope()?;
        let data = entry.data(&envelope);
        let (kind, common, json) = match CallEventKind::read(envelope.short_type(), &data)? {
            Some(kind) => (kind, data.read()?, Some(entry.json())),
            // In an event of another type, these fields may have any form.
            None => (UnknownEvent::of(entry).into(), data.read().unwrap_or_default(), None),
        };
        Ok(Self {
            id: envelope.id,
            event_type: envelope.event_type,
            source: envelope.source,
            subject: envelope.subject,
            time: envelope.time,
            kind,
            common,
            json,
        })
    }
}

impl fmt::Debug for CallEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallEvent")
            .field("id", &self.id)
            .field("event_type", &self.event_type)
            .field("source", &self.source)
            .field("subject", &self.subject)
            .field("time", &self.time)
            .field("kind", &self.kind)
            .field("common", &self.common)
            .finish_non_exhaustive()
    }
}
