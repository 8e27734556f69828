//! Reads and writes an object whose kind selects an alternative of an enum.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::times::{ReadOptionalTimes, ReadTimes, Times};
use super::unknown::UnknownKind;

/// An object whose kind is known and whose other fields have not been read yet.
#[derive(Debug)]
pub struct Alternative {
    tag: &'static str,
    kind: &'static str,
    fields: Map<String, Value>,
}

/// Reads an object and determines its kind: by the field `tag`, ignoring case, or, if that field is
/// absent, by the fields that only one of the `kinds` has.
pub fn read_alternative<'de, D: Deserializer<'de>>(
    deserializer: D,
    tag: &'static str,
    kinds: &[(&'static str, &[&'static str])],
) -> Result<Alternative, D::Error> {
    let fields = Map::deserialize(deserializer)?;
    let kind = match fields.get(tag) {
        Some(Value::String(text)) => {
            kinds.iter().map(|kind| kind.0).find(|kind| kind.eq_ignore_ascii_case(text))
        }
        None | Some(Value::Null) => {
            Some(kind_by_fields(kinds, &fields).ok_or_else(|| D::Error::missing_field(tag))?)
        }
        Some(_) => return Err(D::Error::custom(format_args!("`{tag}` is not a string"))),
    };
    Ok(Alternative { tag, kind: kind.unwrap_or_default(), fields })
}

/// Returns the kind with the most fields among those whose fields are all present.
fn kind_by_fields(
    kinds: &[(&'static str, &[&'static str])],
    fields: &Map<String, Value>,
) -> Option<&'static str> {
    let is_set = |name: &&str| fields.get(*name).is_some_and(|value| !value.is_null());
    let complete = kinds.iter().filter(|kind| !kind.1.is_empty() && kind.1.iter().all(is_set));
    complete.max_by_key(|kind| kind.1.len()).map(|kind| kind.0)
}

impl Alternative {
    /// Returns the kind as the model spells it, or an empty string if the model does not have it.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Reads a required field.
    pub fn take<T: DeserializeOwned, E: Error>(&mut self, name: &'static str) -> Result<T, E> {
        self.take_optional(name)?.ok_or_else(|| E::missing_field(name))
    }

    /// Reads an optional field; `null` counts as absent.
    pub fn take_optional<T: DeserializeOwned, E: Error>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, E> {
        let value = self.fields.remove(name).filter(|value| !value.is_null());
        value
            .map(|value| serde_json::from_value(value).map_err(|error| in_field(name, &error)))
            .transpose()
    }

    /// Reads a required field of times.
    pub fn take_times<T: Times, E: Error>(&mut self, name: &'static str) -> Result<T, E> {
        self.take(name).map(|ReadTimes(times)| times)
    }

    /// Reads an optional field of times.
    pub fn take_optional_times<T: Times, E: Error>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, E> {
        Ok(self.take_optional(name)?.and_then(|ReadOptionalTimes(times)| times))
    }

    /// Reads all fields except the kind as a model.
    pub fn flat<T: DeserializeOwned, E: Error>(mut self) -> Result<T, E> {
        self.fields.remove(self.tag);
        serde_json::from_value(Value::Object(self.fields)).map_err(E::custom)
    }

    /// Keeps an object whose kind the model does not have.
    pub fn unknown<E>(self) -> UnknownKind<E> {
        let kind = self.fields.get(self.tag).and_then(Value::as_str).unwrap_or_default().to_owned();
        UnknownKind::new(&kind, &Value::Object(self.fields))
    }
}

fn in_field<E: Error>(name: &str, error: &serde_json::Error) -> E {
    E::custom(format_args!("in `{name}`: {error}"))
}

/// Writes the fields of a model after its kind.
pub fn write_flat<S: Serializer>(
    serializer: S,
    tag: &'static str,
    kind: &'static str,
    model: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Flat<'a, T> {
        #[serde(flatten)]
        kind: Kind,
        #[serde(flatten)]
        model: &'a T,
    }
    Flat { kind: Kind { tag, kind }, model }.serialize(serializer)
}

struct Kind {
    tag: &'static str,
    kind: &'static str,
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.tag, self.kind)])
    }
}
