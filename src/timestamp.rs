//! Reads and writes timestamps: `OffsetDateTime` as RFC 3339 text.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};
#[cfg(feature = "call-automation")]
use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A required timestamp.
#[cfg(feature = "identity")]
pub(crate) mod required {
    use super::*;

    pub(crate) fn deserialize<'de, D>(from: D) -> Result<OffsetDateTime, D::Error>
    where
        D: Deserializer<'de>,
    {
        optional::deserialize(from)?.ok_or_else(|| D::Error::custom("the timestamp is missing"))
    }
}

/// A timestamp, or `None` for the values that mean "none": `null`, an empty text, or the minimum
/// date of .NET, which is in the year 1.
pub(crate) mod optional {
    use super::*;

    pub(crate) fn deserialize<'de, D>(from: D) -> Result<Option<OffsetDateTime>, D::Error>
    where
        D: Deserializer<'de>,
    {
        let text = Option::<String>::deserialize(from)?.filter(|text| !text.is_empty());
        let Some(text) = text else { return Ok(None) };
        let time = parse(&text).ok_or_else(|| {
            D::Error::invalid_value(Unexpected::Str(&text), &"a time such as 2023-10-10T21:39:39Z")
        })?;
        Ok(Some(time).filter(is_set))
    }

    #[cfg(feature = "call-automation")]
    pub(crate) fn serialize<S>(time: &Option<OffsetDateTime>, to: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
    {
        time.as_ref().and_then(format).serialize(to)
    }
}

pub(crate) fn parse(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

/// `None` for a year that RFC 3339 cannot write.
pub(crate) fn format(time: &OffsetDateTime) -> Option<String> {
    time.format(&Rfc3339).ok()
}

/// Whether the timestamp is not the minimum date of .NET, regardless of its offset.
pub(crate) fn is_set(time: &OffsetDateTime) -> bool {
    time.year() > 1
}

#[cfg(all(test, feature = "call-automation"))]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;

    #[derive(Debug, Deserialize, Serialize, PartialEq)]
    struct Model {
        #[serde(default, with = "optional")]
        time: Option<OffsetDateTime>,
    }

    fn read(value: Value) -> Result<Option<OffsetDateTime>, String> {
        let model = from_value::<Model>(json!({ "time": value }));
        model.map(|model| model.time).map_err(|error| error.to_string())
    }

    #[test]
    fn timestamps_with_any_fraction_and_offset() {
        let seconds = 1_696_973_979_i64;
        for (text, seconds, nanoseconds) in [
            ("2023-10-10T21:39:39.3244584+00:00", seconds, 324_458_400),
            ("2023-10-10T21:39:39+00:00", seconds, 0),
            ("2023-10-10T21:39:39.3244584Z", seconds, 324_458_400),
            ("2023-10-10t21:39:39.3z", seconds, 300_000_000),
            ("2023-10-10T21:39:39.123456789123456789Z", seconds, 123_456_789),
            ("2023-10-10T23:09:39+01:30", seconds, 0),
            ("2023-10-10T14:39:39-07:00", seconds, 0),
            ("1970-01-01T00:00:00Z", 0, 0),
            ("1969-12-31T23:59:59.5Z", -1, 500_000_000),
            ("1889-04-20T00:00:00+00:00", -2_546_640_000, 0),
        ] {
            let expected = i128::from(seconds) * 1_000_000_000 + nanoseconds;
            let time = read(json!(text)).unwrap().unwrap();
            assert_eq!(time.unix_timestamp_nanos(), expected, "{text}");
            let model = Model { time: Some(time) };
            assert_eq!(from_value::<Model>(to_value(&model).unwrap()).unwrap(), model);
        }
    }

    #[test]
    fn no_value_in_any_form() {
        assert_eq!(from_value::<Model>(json!({})).unwrap().time, None);
        for value in [
            json!(null),
            json!(""),
            json!("0001-01-01T00:00:00+00:00"),
            json!("0001-01-01T00:00:00Z"),
            json!("0001-01-01T00:00:00.0000000-08:00"),
            json!("0001-01-01T00:00:00+14:00"),
        ] {
            assert_eq!(read(value.clone()), Ok(None), "{value}");
        }
    }

    #[test]
    fn other_values_are_errors() {
        for text in [
            "Z",
            "+00:00",
            "tomorrow",
            "2023-10-10",
            "2023-10-10T21:39:39",
            "2023-13-10T21:39:39Z",
            "2023-10-10T21:39:39+0000",
            "2023-10-10T21:39:39+24:00",
            "2023-10-10T21:39:39+-1:00",
            "2023-10-10T21:39:39é0:00",
            "2023-10-10T21:39:39Z ",
        ] {
            assert!(read(json!(text)).unwrap_err().contains("a time such as"), "{text}");
        }
        assert!(read(json!(1_696_973_979)).unwrap_err().contains("invalid type"));
    }
}
