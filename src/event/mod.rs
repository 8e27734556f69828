//! What comes in by a webhook: events, one or a list, each in an envelope.

mod error;
mod path;
mod place;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

pub use error::EventError;
use error::described;
use path::path;
use place::Place;
use time::OffsetDateTime;

/// What the envelopes have in common. The first names are those of CloudEvents 1.0, the others
/// those of Event Grid's own schema.
#[derive(Deserialize)]
#[serde(expecting = "an event, which is an object")]
pub(crate) struct Envelope<'a> {
    pub(crate) id: String,
    #[serde(rename = "type", alias = "eventType")]
    pub(crate) event_type: String,
    #[serde(alias = "topic")]
    pub(crate) source: Option<String>,
    pub(crate) subject: Option<String>,
    #[serde(default, alias = "eventTime", deserialize_with = "crate::timestamp::optional")]
    pub(crate) time: Option<OffsetDateTime>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

impl Envelope<'_> {
    /// The type, without the prefix that the types of ACS have; empty if it is not one of them.
    pub(crate) fn short_type(&self) -> &str {
        self.event_type.strip_prefix("Microsoft.Communication.").unwrap_or_default()
    }
}

/// One event of a body, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    index: usize,
    place: Place,
    json: &'a RawValue,
}

/// What is in the body: a list of events, or one.
pub(crate) fn entries(body: &[u8]) -> Result<Vec<Entry<'_>>, EventError> {
    let body = std::str::from_utf8(body).map_err(|error| EventError::not_text(&error))?;
    // serde_json skips such a value without recursion, so that no nesting is too deep.
    let list = match body.trim_start().starts_with('[') {
        true => serde_json::from_str(body),
        false => serde_json::from_str(body).map(|one| vec![one]),
    };
    let list: Vec<&RawValue> = list.map_err(|error| EventError::not_json(&error))?;
    let (mut place, mut read) = (Place::default(), 0);
    let entry = |(index, json)| {
        // From the last one on: from the beginning each time, a long list would take a square.
        let start = offset(body, json);
        place = place.after(&body[read..start]);
        read = start;
        Entry { index, place, json }
    };
    Ok(list.into_iter().enumerate().map(entry).collect())
}

/// Where in `text` the part of it begins.
fn offset(text: &str, part: &RawValue) -> usize {
    part.get().as_ptr().addr() - text.as_ptr().addr()
}

impl<'a> Entry<'a> {
    pub(crate) fn envelope(self) -> Result<Envelope<'a>, EventError> {
        self.read(None, self.json)
    }

    pub(crate) fn data(self, envelope: &Envelope<'a>) -> Data<'a> {
        Data { entry: self, event_type: envelope.event_type.clone(), json: envelope.data }
    }

    /// The event, as it came.
    pub(crate) fn unknown(self) -> UnknownEvent {
        UnknownEvent { json: self.json.get().to_owned() }
    }

    fn read<T: Deserialize<'a>>(
        self,
        event_type: Option<&str>,
        json: &'a RawValue,
    ) -> Result<T, EventError> {
        serde_json::from_str(json.get()).map_err(|error| {
            let event = self.json.get();
            let start = offset(event, json);
            let field = path(&event.as_bytes()[..start + Place::reached(json.get(), &error)]);
            let place = self.place.after(&event[..start]);
            let event_type = event_type.map(str::to_owned).or_else(|| type_of(event));
            EventError::unreadable(self.index, event_type, &field, &described(&error, place))
        })
    }
}

/// The type of an event, whatever the rest of it is.
fn type_of(event: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Typed {
        #[serde(rename = "type", alias = "eventType")]
        event_type: String,
    }
    serde_json::from_str::<Typed>(event).ok().map(|typed| typed.event_type)
}

/// The `data` of an event: its fields, as far as they are its own.
pub(crate) struct Data<'a> {
    entry: Entry<'a>,
    event_type: String,
    json: Option<&'a RawValue>,
}

impl<'a> Data<'a> {
    pub(crate) fn read<T: Deserialize<'a>>(&self) -> Result<T, EventError> {
        let json = self
            .json
            .ok_or_else(|| EventError::no_data(self.entry.index, self.event_type.clone()))?;
        self.entry.read(Some(&self.event_type), json)
    }
}

/// An event of a type that is not known here, kept whole.
///
/// Its `Debug` shows nothing of it, since it may hold a secret.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The event with its envelope, as it came: a JSON object, however deep.
    pub json: String,
}

impl UnknownEvent {
    /// Its `data`, read as a type of your own; `None` if it has none. Binary data
    /// (`data_base64`) is in [`json`](Self::json) only.
    ///
    /// # Errors
    /// If the data is no `T`.
    pub fn data<T: DeserializeOwned>(&self) -> Result<Option<T>, EventError> {
        let entries = entries(self.json.as_bytes())?;
        let Some(entry) = entries.first() else { return Ok(None) };
        let data = entry.data(&entry.envelope()?);
        data.json.map(|_| data.read()).transpose()
    }
}

impl std::fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnknownEvent").finish_non_exhaustive()
    }
}
