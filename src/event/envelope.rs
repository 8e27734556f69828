//! The envelope of an event, in both schemas: CloudEvents 1.0 and Event Grid's own.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use serde_path_to_error::Track;
use time::OffsetDateTime;

use super::error::{EventError, described};
use super::lenient;
use super::position::Position;
use crate::timestamp;

/// The prefix of the event types of ACS.
pub(crate) const TYPE_PREFIX: &str = "Microsoft.Communication.";

/// The fields that both schemas have in common.
pub(crate) struct Envelope<'a> {
    pub(crate) id: String,
    pub(crate) event_type: String,
    pub(crate) source: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) time: Option<OffsetDateTime>,
    data: Option<&'a RawValue>,
}

/// The names of both schemas: those of Event Grid's own begin with `event`, or are `topic`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an event, which is an object")]
struct Wire<'a> {
    id: String,
    #[serde(rename = "type")]
    cloud_events_type: Option<String>,
    event_type: Option<String>,
    source: Option<String>,
    topic: Option<String>,
    subject: Option<String>,
    #[serde(default, with = "crate::timestamp::optional")]
    time: Option<OffsetDateTime>,
    #[serde(default, with = "crate::timestamp::optional")]
    event_time: Option<OffsetDateTime>,
    #[serde(borrow, default)]
    data: Raw<'a>,
}

/// JSON that is read later; `None` for `null`.
#[derive(Default)]
struct Raw<'a>(Option<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let json = <&RawValue>::deserialize(from)?;
        Ok(Self(Some(json).filter(|json| json.get() != "null")))
    }
}

impl<'de> Deserialize<'de> for Envelope<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(from)?;
        let event_type = wire.cloud_events_type.or(wire.event_type);
        Ok(Self {
            id: wire.id,
            event_type: event_type.ok_or_else(|| D::Error::missing_field("type"))?,
            source: wire.source.or(wire.topic),
            subject: wire.subject,
            time: wire.time.or(wire.event_time),
            data: wire.data.0,
        })
    }
}

impl Envelope<'_> {
    /// The type without the prefix of ACS; empty if it is not a type of ACS.
    pub(crate) fn short_type(&self) -> &str {
        self.event_type.strip_prefix(TYPE_PREFIX).unwrap_or_default()
    }
}

/// One event of a body, and its position.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    index: usize,
    position: Position,
    json: &'a RawValue,
}

/// Splits a body into its events: a list of them, or one.
pub(crate) fn entries(body: &[u8]) -> Result<Vec<Entry<'_>>, EventError> {
    let body = text(body)?;
    // serde_json skips such a value without recursion, whatever its depth.
    let list = match body.trim_start().starts_with('[') {
        true => serde_json::from_str(body),
        false => serde_json::from_str(body).map(|one| vec![one]),
    };
    let list: Vec<&RawValue> = list.map_err(|error| EventError::not_json(&error))?;
    let (mut position, mut read) = (Position::default(), 0);
    let entry = |(index, json)| {
        // Counted from the previous entry: counting from the start would take quadratic time.
        let start = offset(body, json);
        position = position.after(&body[read..start]);
        read = start;
        Entry { index, position, json }
    };
    Ok(list.into_iter().enumerate().map(entry).collect())
}

/// Reads data that has no envelope.
pub(crate) fn read_data<T: DeserializeOwned>(body: &[u8]) -> Result<T, EventError> {
    let json: &RawValue =
        serde_json::from_str(text(body)?).map_err(|e| EventError::not_json(&e))?;
    read(json.get()).map_err(|(path, error)| {
        EventError::of_data(&path, &described(&error, Position::default()))
    })
}

/// Reads the `data` of one event as a `T` of the caller's, exactly as serde reads it.
pub(crate) fn data_of<T: DeserializeOwned>(event: &str) -> Result<Option<T>, EventError> {
    let entries = entries(event.as_bytes())?;
    let Some(entry) = entries.first() else { return Ok(None) };
    let data = entry.data(&entry.envelope()?);
    data.json.map(|json| data.read_by(json, read_exact)).transpose()
}

/// Writes an event as a CloudEvent.
pub(crate) fn written(
    id: &str,
    event_type: &str,
    source: Option<&str>,
    subject: Option<&str>,
    time: Option<OffsetDateTime>,
    data: Map<String, Value>,
) -> String {
    let mut event = json!({
        "id": id,
        "source": source.unwrap_or_default(),
        "type": event_type,
        "specversion": "1.0",
        "datacontenttype": "application/json",
        "data": data,
    });
    let time = time.and_then(|time| timestamp::format(&time));
    for (name, value) in [("subject", subject), ("time", time.as_deref())] {
        if let Some(value) = value {
            event[name] = value.into();
        }
    }
    event.to_string()
}

/// The fields of a struct.
pub(crate) fn object(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn text(body: &[u8]) -> Result<&str, EventError> {
    std::str::from_utf8(body).map_err(|error| EventError::not_text(&error))
}

/// Where in `text` the part of it begins.
fn offset(text: &str, part: &RawValue) -> usize {
    part.get().as_ptr().addr() - text.as_ptr().addr()
}

/// Reads JSON of the service; an error comes with the path of its field.
fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, (String, serde_json::Error)> {
    let (mut deserializer, mut track) = (serde_json::Deserializer::from_str(json), Track::new());
    let tracked = serde_path_to_error::Deserializer::new(&mut deserializer, &mut track);
    lenient::deserialize(tracked).map_err(|error| (path(track), error))
}

fn read_exact<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, (String, serde_json::Error)> {
    let (mut deserializer, mut track) = (serde_json::Deserializer::from_str(json), Track::new());
    let tracked = serde_path_to_error::Deserializer::new(&mut deserializer, &mut track);
    T::deserialize(tracked).map_err(|error| (path(track), error))
}

fn path(track: Track) -> String {
    let path = track.path();
    if path.iter().len() == 0 { String::new() } else { path.to_string() }
}

impl<'a> Entry<'a> {
    pub(crate) fn envelope(self) -> Result<Envelope<'a>, EventError> {
        read(self.json.get()).map_err(|(path, error)| {
            let event_type = type_of(self.json.get());
            EventError::unreadable(self.index, event_type, &path, &described(&error, self.position))
                .with_json(self.json.get())
        })
    }

    pub(crate) fn data(self, envelope: &Envelope<'a>) -> Data<'a> {
        Data { entry: self, event_type: envelope.event_type.clone(), json: envelope.data }
    }

    /// The event as received.
    pub(crate) fn json(self) -> String {
        self.json.get().to_owned()
    }
}

/// The type of an event whose envelope cannot be read.
fn type_of(event: &str) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Typed {
        r#type: Option<String>,
        event_type: Option<String>,
    }
    let typed: Typed = read(event).ok()?;
    typed.r#type.or(typed.event_type)
}

/// The `data` of an event, not read yet.
pub(crate) struct Data<'a> {
    entry: Entry<'a>,
    event_type: String,
    json: Option<&'a RawValue>,
}

impl<'a> Data<'a> {
    pub(crate) fn read<T: Deserialize<'a>>(&self) -> Result<T, EventError> {
        let no_data = || {
            let error = EventError::no_data(self.entry.index, self.event_type.clone());
            error.with_json(self.entry.json.get())
        };
        let json = self.json.ok_or_else(no_data)?;
        self.read_by(json, read)
    }

    fn read_by<T>(
        &self,
        json: &'a RawValue,
        read: fn(&'a str) -> Result<T, (String, serde_json::Error)>,
    ) -> Result<T, EventError> {
        read(json.get()).map_err(|(path, error)| {
            let entry = self.entry;
            let event = entry.json.get();
            let position = entry.position.after(&event[..offset(event, json)]);
            let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
            let field = format!("data{dot}{path}");
            let event_type = Some(self.event_type.clone());
            EventError::unreadable(entry.index, event_type, &field, &described(&error, position))
                .with_json(event)
        })
    }
}
