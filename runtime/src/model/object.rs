//! Reads the fields of a model from a JSON object, and writes them into one.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::since::record;
use super::times::{ReadOptionalTimes, ReadTimes, Times};

/// A model that is read from an object, field by field.
pub trait ReadObject<'de>: Sized {
    /// The name of the type.
    const NAME: &'static str;
    /// The names of the fields on the wire.
    const FIELDS: &'static [&'static str];

    /// Reads the fields.
    fn read<A: MapAccess<'de>>(object: ObjectReader<A>) -> Result<Self, A::Error>;
}

/// Reads a model from an object.
pub fn read_object<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: ReadObject<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_struct(T::NAME, T::FIELDS, ObjectVisitor(PhantomData))
}

/// Returns the value of a required field.
pub fn required<T, E: Error>(name: &'static str, value: Option<T>) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

/// The fields of an object, in the order in which they were received.
#[derive(Debug)]
pub struct ObjectReader<A> {
    map: A,
    fields: &'static [&'static str],
    /// The name that was read last.
    name: &'static str,
}

impl<'de, A: MapAccess<'de>> ObjectReader<A> {
    /// Returns the name of the next field, which is empty if the model does not have the field.
    pub fn next_name(&mut self) -> Result<Option<&'static str>, A::Error> {
        let name = self.map.next_key_seed(FieldName(self.fields))?;
        self.name = name.unwrap_or_default();
        Ok(name)
    }

    /// Reads the value of a field; a duplicate is an error.
    pub fn read<T: Deserialize<'de>>(&mut self, value: &mut Option<T>) -> Result<(), A::Error> {
        if value.is_some() {
            return Err(A::Error::duplicate_field(self.name));
        }
        *value = Some(self.map.next_value()?);
        Ok(())
    }

    /// Reads the value of a field; `null` counts as absent.
    pub fn read_optional<T: Deserialize<'de>>(
        &mut self,
        value: &mut Option<T>,
    ) -> Result<(), A::Error> {
        if value.is_some() {
            return Err(A::Error::duplicate_field(self.name));
        }
        *value = self.map.next_value()?;
        Ok(())
    }

    /// Reads a required field of times.
    pub fn read_times<T: Times>(&mut self, value: &mut Option<T>) -> Result<(), A::Error> {
        let mut times = value.take().map(ReadTimes);
        self.read(&mut times)?;
        *value = times.map(|ReadTimes(times)| times);
        Ok(())
    }

    /// Reads an optional field of times.
    pub fn read_optional_times<T: Times>(&mut self, value: &mut Option<T>) -> Result<(), A::Error> {
        let mut times = value.take().map(|times| ReadOptionalTimes(Some(times)));
        self.read(&mut times)?;
        *value = times.and_then(|ReadOptionalTimes(times)| times);
        Ok(())
    }

    /// Skips the value of a field that the model does not have.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: ReadObject<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(ObjectReader { map, fields: T::FIELDS, name: "" })
    }
}

/// Reads a name as one of the names in the model.
struct FieldName(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for FieldName {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldName {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().copied().find(|name| *name == text).unwrap_or_default())
    }

    fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<Self::Value, E> {
        Ok(self.0.iter().copied().find(|name| name.as_bytes() == text).unwrap_or_default())
    }
}

/// Starts an object of `len` fields.
pub fn write_object<S: Serializer>(
    serializer: S,
    name: &'static str,
    len: usize,
) -> Result<ObjectWriter<S::SerializeStruct>, S::Error> {
    serializer.serialize_struct(name, len).map(ObjectWriter)
}

/// An object that is being written.
#[derive(Debug)]
pub struct ObjectWriter<S>(S);

impl<S: SerializeStruct> ObjectWriter<S> {
    /// Writes a field.
    pub fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.0.serialize_field(name, value)
    }

    /// Writes a field, or omits it.
    pub fn optional<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        match value {
            Some(value) => self.0.serialize_field(name, value),
            None => self.0.skip_field(name),
        }
    }

    /// Writes a field that the given api-version introduced, or omits it.
    pub fn optional_since<T: Serialize>(
        &mut self,
        version: &'static str,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        if value.is_some() {
            record(version, Some(name));
        }
        self.optional(name, value)
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}
