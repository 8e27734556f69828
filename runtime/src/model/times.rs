//! Reads and writes the times of a model as RFC 3339 text.

use std::collections::BTreeMap;

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::Nullable;

/// A type that consists of times.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read and written as a time",
    label = "not a time",
    note = "use `OffsetDateTime`, or an `Option`, a `Nullable`, a `Vec` or a `BTreeMap<String, _>` of it"
)]
pub trait Times: Sized {
    /// Writes each time as text.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;

    /// Reads each time from text.
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;

    /// Reads a value that may be absent or `null`.
    fn read_optional<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        let times = Option::<ReadTimes<Self>>::deserialize(from)?;
        Ok(times.map(|ReadTimes(times)| times))
    }
}

impl Times for OffsetDateTime {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.format(&Rfc3339).map_err(serde::ser::Error::custom)?.serialize(to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        parse(&String::deserialize(from)?)
    }

    /// An empty text, and the least date of .NET, which is in the year 1, stand for no time.
    fn read_optional<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        let text = Option::<String>::deserialize(from)?.filter(|text| !text.is_empty());
        let time = text.map(|text| parse(&text)).transpose()?;
        Ok(time.filter(|time| time.year() > 1))
    }
}

fn parse<E: Error>(text: &str) -> Result<OffsetDateTime, E> {
    let time = OffsetDateTime::parse(text, &Rfc3339);
    // .NET writes a time without a kind without an offset; services mean UTC.
    let time = time.or_else(|_| OffsetDateTime::parse(&format!("{text}Z"), &Rfc3339));
    time.map_err(|_| {
        E::invalid_value(Unexpected::Str(text), &"a time such as 2023-10-10T21:39:39Z")
    })
}

impl<T: Times> Times for Option<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(times).serialize(to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read_optional(from)
    }
}

impl<T: Times> Times for Nullable<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_option().map(times).serialize(to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(T::read_optional(from)?.map_or(Self::Null, Self::Value))
    }

    /// `null` is a value.
    fn read_optional<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        Self::read(from).map(Some)
    }
}

impl<T: Times> Times for Vec<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(times))
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let times = Vec::<ReadTimes<T>>::deserialize(from)?;
        Ok(times.into_iter().map(|ReadTimes(times)| times).collect())
    }
}

impl<T: Times> Times for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter().map(|(name, value)| (name, times(value))))
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let times = BTreeMap::<String, ReadTimes<T>>::deserialize(from)?;
        Ok(times.into_iter().map(|(name, ReadTimes(times))| (name, times)).collect())
    }
}

/// A value that is written as [`Times`].
#[derive(Debug)]
pub struct WrittenTimes<'a, T>(&'a T);

/// Returns the value as it is written.
pub fn times<T: Times>(value: &T) -> WrittenTimes<'_, T> {
    WrittenTimes(value)
}

impl<T: Times> Serialize for WrittenTimes<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(to)
    }
}

/// A value that is read as [`Times`].
pub(super) struct ReadTimes<T>(pub(super) T);

impl<'de, T: Times> Deserialize<'de> for ReadTimes<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read(from).map(Self)
    }
}

/// The same, where absence is a value.
pub(super) struct ReadOptionalTimes<T>(pub(super) Option<T>);

impl<'de, T: Times> Deserialize<'de> for ReadOptionalTimes<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read_optional(from).map(Self)
    }
}

/// For `serialize_with` of serde's derive.
pub fn write_times<T: Times, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    value.write(to)
}

/// For `deserialize_with` of serde's derive.
pub fn read_times<'de, T: Times, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    T::read(from)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;

    fn read<T: Times>(value: Value) -> Result<T, String> {
        let times = from_value::<ReadTimes<T>>(value);
        times.map(|ReadTimes(times)| times).map_err(|error| error.to_string())
    }

    #[test]
    fn times_are_written_and_read_in_each_container() {
        let time = OffsetDateTime::UNIX_EPOCH;
        let text = json!("1970-01-01T00:00:00Z");
        assert_eq!(to_value(times(&time)).unwrap(), text);
        assert_eq!(to_value(times(&vec![Some(time), None])).unwrap(), json!([text, null]));
        assert_eq!(to_value(times(&Nullable::<OffsetDateTime>::Null)).unwrap(), Value::Null);
        assert_eq!(read(text.clone()), Ok(time));
        assert_eq!(read(json!("1970-01-01T00:00:00.0000000")), Ok(time));
        assert_eq!(read(json!([text])), Ok(vec![time]));
        assert_eq!(read(json!({ "a": text })), Ok(BTreeMap::from([("a".to_owned(), time)])));
        assert_eq!(read(Value::Null), Ok(Nullable::<OffsetDateTime>::Null));
    }

    #[test]
    fn a_text_for_no_time_is_none_where_that_is_possible() {
        for none in [
            json!(""),
            Value::Null,
            json!("0001-01-01T00:00:00+00:00"),
            json!("0001-01-01T00:00:00"),
        ] {
            assert_eq!(read::<Option<OffsetDateTime>>(none), Ok(None));
        }
        let error = read::<OffsetDateTime>(json!("yesterday")).unwrap_err();
        assert!(error.contains("a time such as 2023-10-10T21:39:39Z"), "{error}");
    }
}
