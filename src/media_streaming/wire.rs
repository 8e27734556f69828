//! The formats of values in frames: ticks and raw ids.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A duration as a number of ticks of 100 ns.
pub(super) mod ticks {
    use std::time::Duration;

    use super::*;

    const PER_SECOND: u64 = 10_000_000;

    pub(in super::super) fn deserialize<'de, D>(from: D) -> Result<Option<Duration>, D::Error>
    where
        D: Deserializer<'de>,
    {
        let ticks = Option::<i64>::deserialize(from)?;
        let ticks = ticks.map(u64::try_from).transpose();
        let ticks = ticks.map_err(|_| D::Error::custom("the number of ticks is negative"))?;
        Ok(ticks.map(|ticks| {
            let nanoseconds = ticks % PER_SECOND * 100;
            Duration::new(ticks / PER_SECOND, u32::try_from(nanoseconds).unwrap_or_default())
        }))
    }

    pub(in super::super) fn serialize<S>(
        duration: &Option<Duration>,
        to: S,
    ) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
    {
        duration.map(|duration| duration.as_nanos() / 100).serialize(to)
    }
}

/// A participant as a raw id.
pub(super) mod raw_id {
    use super::*;
    use crate::CommunicationIdentifier;

    pub(in super::super) fn deserialize<'de, D>(
        from: D,
    ) -> Result<Option<CommunicationIdentifier>, D::Error>
    where
        D: Deserializer<'de>,
    {
        let raw_id = Option::<String>::deserialize(from)?.filter(|raw_id| !raw_id.is_empty());
        Ok(raw_id.map(CommunicationIdentifier::from_raw_id))
    }

    pub(in super::super) fn serialize<S>(
        participant: &Option<CommunicationIdentifier>,
        to: S,
    ) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
    {
        participant.as_ref().map(|participant| participant.raw_id()).serialize(to)
    }
}
