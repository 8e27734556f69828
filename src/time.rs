//! Times as RFC 3339 writes them.

use std::time::{Duration, SystemTime};

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

pub(crate) fn from_rfc3339<'de, D>(deserializer: D) -> Result<SystemTime, D::Error>
where
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| {
        D::Error::invalid_value(Unexpected::Str(&text), &"a time such as 2023-10-10T21:39:39Z")
    })
}

/// A time, if there is one.
#[cfg(feature = "call-automation")]
pub(crate) fn from_rfc3339_if_any<'de, D>(deserializer: D) -> Result<Option<SystemTime>, D::Error>
where
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    struct Time(#[serde(deserialize_with = "from_rfc3339")] SystemTime);
    Ok(Option::<Time>::deserialize(deserializer)?.map(|time| time.0))
}

/// humantime reads what ends in `Z`; the service ends in an offset, such as `+00:00`.
fn parse(text: &str) -> Option<SystemTime> {
    let (local, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let local = || utc(&format!("{local}Z"));
    match offset.split_at_checked(1)? {
        ("+", ahead) => local()?.checked_sub(hours_and_minutes(ahead)?),
        ("-", behind) => local()?.checked_add(hours_and_minutes(behind)?),
        _ => utc(text),
    }
}

fn utc(text: &str) -> Option<SystemTime> {
    humantime::parse_rfc3339(text).ok()
}

fn hours_and_minutes(text: &str) -> Option<Duration> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then(|| Duration::from_secs(hours * 3600 + minutes * 60))
}

/// Two digits; `parse` alone would take a sign.
fn number(text: &str) -> Option<u64> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_service_writes() {
        let seconds = 1_696_973_979;
        for (text, expected) in [
            ("2023-10-10T21:39:39.3244584+00:00", Duration::new(seconds, 324_458_400)),
            ("2023-10-10T21:39:39+00:00", Duration::new(seconds, 0)),
            ("2023-10-10T21:39:39.3244584Z", Duration::new(seconds, 324_458_400)),
            ("2023-10-10T23:09:39+01:30", Duration::new(seconds, 0)),
            ("2023-10-10T14:39:39-07:00", Duration::new(seconds, 0)),
        ] {
            assert_eq!(parse(text), Some(SystemTime::UNIX_EPOCH + expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
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
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
