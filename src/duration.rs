//! Durations, which the services take as numbers of whole units. They are rounded up: half a second
//! must not become zero, which some fields read as "at once".

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! unit {
    ($(#[$condition:meta])* $unit:ident: $millis:literal) => {
        $(#[$condition])*
        pub(crate) mod $unit {
            use super::{Deserializer, Duration, Serializer, read, write};

            const UNIT: Duration = Duration::from_millis($millis);

            pub(crate) fn serialize<S: Serializer>(
                duration: &Option<Duration>,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                write(duration.as_ref(), UNIT, serializer)
            }

            pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Duration>, D::Error> {
                read(UNIT, deserializer)
            }
        }
    };
}

unit!(#[cfg(feature = "call-automation")] milliseconds: 1);
unit!(#[cfg(feature = "call-automation")] seconds: 1_000);
unit!(#[cfg(feature = "identity")] minutes: 60_000);

fn write<S: Serializer>(
    duration: Option<&Duration>,
    unit: Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let units = duration.map(|duration| duration.as_nanos().div_ceil(unit.as_nanos()));
    units.map(|units| u64::try_from(units).unwrap_or(u64::MAX)).serialize(serializer)
}

fn read<'de, D: Deserializer<'de>>(
    unit: Duration,
    deserializer: D,
) -> Result<Option<Duration>, D::Error> {
    let units = Option::<u32>::deserialize(deserializer)?;
    Ok(units.map(|units| unit.saturating_mul(units)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn durations_are_rounded_up() {
        let second = Duration::from_secs(1);
        let written = |duration: Option<Duration>| write(duration.as_ref(), second, json_value());
        for (millis, units) in [(0, 0), (1, 1), (999, 1), (1000, 1), (1001, 2)] {
            assert_eq!(written(Some(Duration::from_millis(millis))).unwrap(), json!(units));
        }
        assert_eq!(written(Some(Duration::MAX)).unwrap(), json!(u64::MAX));
        assert_eq!(written(None).unwrap(), Value::Null);
    }

    #[test]
    fn durations_are_read_back() {
        let minute = Duration::from_secs(60);
        let read = |value: Value| read(minute, value);
        assert_eq!(read(json!(90)).unwrap(), Some(Duration::from_secs(5400)));
        assert_eq!(read(Value::Null).unwrap(), None);
        for refused in [json!(-1), json!(1.5), json!("1"), json!(u64::MAX)] {
            assert!(read(refused).is_err());
        }
    }

    fn json_value() -> serde_json::value::Serializer {
        serde_json::value::Serializer
    }
}
