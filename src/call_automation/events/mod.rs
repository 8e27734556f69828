//! The events of a call, as the service sends them to the callback URL.
//!
//! The body of such a request is a list of CloudEvents 1.0. Answer it with a status of 200 to 299,
//! and soon. An event may come twice, late, or before the operation returns: `id` tells the
//! same event, and [`operation_context`](CallEvent::operation_context) tells which operation it
//! answers, if the request had one.
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
//!             eprintln!("{error}"); // the others are none the worse for it
//!             continue;
//!         }
//!     };
//!     match (event.operation_context(), &event.kind) {
//!         (Some("ask for the PIN"), CallEventKind::RecognizeCompleted { dtmf_result, .. }) => {
//!             let tones = dtmf_result.as_ref().and_then(|result| result.tones.as_deref());
//!             assert_eq!(tones.unwrap_or_default().len(), 2);
//!         }
//!         (Some("ask for the PIN"), CallEventKind::RecognizeFailed { .. }) => {
//!             let why = event.result_information().and_then(|result| result.message.as_deref());
//!             eprintln!("no PIN: {}", why.unwrap_or("nobody knows why"));
//!         }
//!         (_, CallEventKind::CallDisconnected) => eprintln!("{:?} is over", event.call_connection_id()),
//!         _ => {}
//!     }
//! }
//! # Ok::<(), acs_rest::EventError>(())
//! ```
//!
//! Nothing in the body proves who sent it. The service signs in with a JWT in the `authorization`
//! header: let `webhook::WebhookVerifier` (feature `webhook`) check it before the body is read. The
//! length of the body is yours to bound. Source:
//! <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint>.

mod kind;
mod model;

use serde::Deserialize;
use time::OffsetDateTime;

pub use self::kind::CallEventKind;
pub use self::model::{ChoiceResult, DtmfResult, RecognitionType, ResultInformation, SpeechResult};
use crate::EventError;
use crate::event::{Entry, entries};

/// An event of a call: what happened, to which call, and by which operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallEvent {
    /// The id of the event: one that comes twice has the same.
    pub id: String,
    /// The type as the service writes it, such as `Microsoft.Communication.CallConnected`.
    pub event_type: String,
    /// Where it comes from, such as `calling/callConnections/<id>`.
    pub source: Option<String>,
    /// What it is about; often the same as the source.
    pub subject: Option<String>,
    /// When it happened.
    pub time: Option<OffsetDateTime>,
    /// What happened.
    pub kind: CallEventKind,
    common: Common,
}

/// The fields that nearly every event has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
struct Common {
    call_connection_id: Option<String>,
    server_call_id: Option<String>,
    correlation_id: Option<String>,
    operation_context: Option<String>,
    result_information: Option<ResultInformation>,
    /// The name that it had once; no alias, since one of both may be null.
    result_info: Option<ResultInformation>,
}

/// Reads the body of a request to the callback URL: a list of events, or one.
///
/// An event of a type that is not known is [`CallEventKind::Unknown`]. One that cannot be read is
/// an error in its place, which says what is wrong with it, and where; the others are not lost.
/// The order is that of the body.
///
/// # Errors
/// If the body as a whole is no JSON, or neither a list nor an object.
pub fn parse(body: &[u8]) -> Result<Vec<Result<CallEvent, EventError>>, EventError> {
    Ok(entries(body)?.into_iter().map(CallEvent::read).collect())
}

impl CallEvent {
    /// The text that the request of the operation had, if it had one.
    #[must_use]
    pub fn operation_context(&self) -> Option<&str> {
        self.common.operation_context.as_deref()
    }

    /// The id that the operations on the call take.
    #[must_use]
    pub fn call_connection_id(&self) -> Option<&str> {
        self.common.call_connection_id.as_deref()
    }

    /// The id that a [`CallLocator`](super::CallLocator) takes.
    #[must_use]
    pub fn server_call_id(&self) -> Option<&str> {
        self.common.server_call_id.as_deref()
    }

    /// The id that the service's logs know the call by.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.common.correlation_id.as_deref()
    }

    /// What came of the operation, in numbers.
    #[must_use]
    pub fn result_information(&self) -> Option<&ResultInformation> {
        self.common.result_information.as_ref().or(self.common.result_info.as_ref())
    }

    fn read(entry: Entry<'_>) -> Result<Self, EventError> {
        let envelope = entry.envelope()?;
        let data = entry.data(&envelope);
        let (kind, common) = match CallEventKind::read(envelope.short_type(), &data)? {
            Some(kind) => (kind, data.read()?),
            // Of another type these fields may be anything, or nothing.
            None => (entry.unknown().into(), data.read().unwrap_or_default()),
        };
        Ok(Self {
            id: envelope.id,
            event_type: envelope.event_type,
            source: envelope.source,
            subject: envelope.subject,
            time: envelope.time,
            kind,
            common,
        })
    }
}
