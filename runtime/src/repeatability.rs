//! What lets the service recognise a request that it has already executed.

use http::HeaderValue;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

use crate::error::{Error, Result};
use crate::headers::{date, shared_value, uuid_text};
use crate::sources::{self, RandomSource, SystemRandomSource, SystemTimeSource, TimeSource};

/// The pair `Repeatability-Request-ID` and `Repeatability-First-Sent` of one logical call
/// (OASIS Repeatable Requests 1.0, section 2).
///
/// A `repeatable` call makes its own pair and keeps it across attempts. Make one yourself to finish
/// a call after a crash: store it, and send the same arguments with it again. The service remembers
/// the id for 300 s after its first-sent date; the client uses it for 270 s.
///
/// ```
/// use acs_rest::{CallOptions, Repeatability};
///
/// let pair = Repeatability::new();
/// let stored = serde_json::to_string(&pair)?;
/// // … the process crashes, and starts again …
/// let options = CallOptions::new().repeatability(serde_json::from_str(&stored)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Repeatability {
    /// A UUID in lower case with hyphens.
    request_id: [u8; Hyphenated::LENGTH],
    /// Seconds since 1970: an HTTP date has no fraction.
    first_sent: i64,
}

impl Repeatability {
    /// Makes a new pair: a random id (UUID version 4) and the time of day.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "each one is different")]
    pub fn new() -> Self {
        Self::made_of(&SystemTimeSource, &SystemRandomSource)
    }

    /// Restores the pair of an earlier request: any UUID in its 36-character form, and an
    /// IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    ///
    /// # Errors
    /// If one of them has another form.
    pub fn from_parts(request_id: &str, first_sent: &str) -> Result<Self> {
        let id = Uuid::try_parse(request_id).ok().filter(|_| request_id.len() == 36);
        let id = id.ok_or_else(|| {
            Error::argument("the repeatability request id is not a UUID of 36 characters")
        })?;
        let date = httpdate::parse_http_date(first_sent).ok();
        let date = date.filter(|&date| httpdate::fmt_http_date(date) == first_sent);
        let date = date.ok_or_else(|| {
            Error::argument(
                "the repeatability first-sent date is not of the form `Sun, 06 Nov 1994 08:49:37 GMT`",
            )
        })?;
        let first_sent = OffsetDateTime::from(date).unix_timestamp();
        Ok(Self { request_id: uuid_text(id), first_sent })
    }

    /// Returns the id, in lower case with hyphens.
    #[must_use]
    pub fn request_id(&self) -> &str {
        str::from_utf8(&self.request_id).expect("a UUID is ASCII")
    }

    /// Returns the date of the first request, in whole seconds.
    #[must_use]
    pub fn first_sent(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.first_sent).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    pub(crate) fn made_of(time: &dyn TimeSource, random: &dyn RandomSource) -> Self {
        let request_id = uuid_text(sources::uuid(random));
        // Header dates start in 1970.
        Self { request_id, first_sent: time.now().unix_timestamp().max(0) }
    }

    /// The values of the two headers.
    pub(crate) fn header_values(&self) -> [HeaderValue; 2] {
        [shared_value(self.request_id), date(self.first_sent)]
    }
}

impl std::fmt::Debug for Repeatability {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repeatability")
            .field("request_id", &self.request_id())
            .field("first_sent", &self.first_sent())
            .finish()
    }
}

/// How a pair is serialised.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored<S> {
    request_id: S,
    first_sent: S,
}

impl Serialize for Repeatability {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let first_sent = date(self.first_sent);
        let first_sent = first_sent.to_str().expect("an HTTP date is ASCII");
        Stored { request_id: self.request_id(), first_sent }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Repeatability {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let stored = Stored::<String>::deserialize(deserializer)?;
        Self::from_parts(&stored.request_id, &stored.first_sent).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "7e675e9f-0146-47a7-b3d7-5ca46b2cd09a";
    const DATE: &str = "Mon, 23 Nov 2026 07:06:37 GMT";

    #[test]
    fn a_pair_survives_storage() {
        let pair = Repeatability::new();
        let stored = serde_json::to_string(&pair).unwrap();
        assert_eq!(serde_json::from_str::<Repeatability>(&stored).unwrap(), pair);
    }

    #[test]
    fn an_upper_case_id_goes_out_in_lower_case() {
        let pair = Repeatability::from_parts(&ID.to_uppercase(), DATE).unwrap();
        let [id, date] = pair.header_values();
        assert_eq!((id.to_str().unwrap(), date.to_str().unwrap()), (ID, DATE));
    }

    #[test]
    fn other_forms_are_refused() {
        for id in ["", "1", "{7e675e9f-0146-47a7-b3d7-5ca46b2cd09a}", &ID.replace('-', "")] {
            assert!(Repeatability::from_parts(id, DATE).is_err(), "{id}");
        }
        for date in [
            "",
            "2026-11-23T07:06:37Z",
            "Monday, 23-Nov-26 07:06:37 GMT",
            "Mon, 23 Nov 2026 07:06:37 UTC",
        ] {
            assert!(Repeatability::from_parts(ID, date).is_err(), "{date}");
        }
    }
}
