//! Durations, which the service writes as numbers.

use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A whole number of milliseconds.
pub(super) mod milliseconds {
    use super::*;

    pub(crate) fn deserialize<'de, D>(from: D) -> Result<Option<Duration>, D::Error>
    where
        D: Deserializer<'de>,
    {
        Ok(Option::<u64>::deserialize(from)?.map(Duration::from_millis))
    }

    pub(crate) fn serialize<S>(duration: &Option<Duration>, to: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
    {
        duration.map(|duration| duration.as_millis()).serialize(to)
    }
}

/// A number of seconds with a fraction.
pub(super) mod seconds {
    use super::*;

    pub(crate) fn deserialize<'de, D>(from: D) -> Result<Option<Duration>, D::Error>
    where
        D: Deserializer<'de>,
    {
        let seconds = Option::<f64>::deserialize(from)?;
        let duration = seconds.map(Duration::try_from_secs_f64).transpose();
        duration.map_err(|_| D::Error::custom("a duration is negative or too long"))
    }

    pub(crate) fn serialize<S>(duration: &Option<Duration>, to: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
    {
        duration.map(|duration| duration.as_secs_f64()).serialize(to)
    }
}
