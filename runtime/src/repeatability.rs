//! What lets the service recognise a request that it has already carried out.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderValue;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::clock::{self, Clock, SystemClock};
use crate::error::{Error, Result};
use crate::request::header_value::{from_seconds, from_text, seconds, uuid_text};

/// The pair `Repeatability-Request-ID` and `Repeatability-First-Sent` of one logical call
/// (OASIS Repeatable Requests 1.0, section 2).
///
/// A `repeatable` call makes its own and keeps it across tries. Make one yourself to finish a
/// call after a crash: store it, and send the same arguments with it again within five minutes,
/// for as long as the service remembers the id.
///
/// ```
/// use acs_rest_runtime::{CallOptions, Repeatability};
///
/// let pair = Repeatability::new();
/// let stored = serde_json::to_string(&pair)?;
/// // … the process dies, and starts again …
/// let options = CallOptions::new().repeatability(serde_json::from_str(&stored)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeatability {
    request_id: Uuid,
    /// Seconds since 1970: an HTTP date has no more.
    first_sent: u64,
}

impl Repeatability {
    /// A new pair: a random id (UUID version 4) and the time of day.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "each one is different")]
    pub fn new() -> Self {
        Self::made_by(&SystemClock)
    }

    /// The pair of an earlier request: any UUID in its 36-character form, and an IMF-fixdate
    /// such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///
    /// # Errors
    /// If one of them is not of that form.
    pub fn from_parts(request_id: &str, first_sent: &str) -> Result<Self> {
        let id = Uuid::try_parse(request_id).ok().filter(|_| request_id.len() == 36);
        let request_id = id.ok_or_else(|| {
            Error::argument("the repeatability request id is not a UUID of 36 characters")
        })?;
        let date = httpdate::parse_http_date(first_sent).ok();
        let date = date.filter(|&date| httpdate::fmt_http_date(date) == first_sent);
        let first_sent = date.ok_or_else(|| {
            Error::argument(
                "the repeatability first-sent date is not of the form `Sun, 06 Nov 1994 08:49:37 GMT`",
            )
        })?;
        Ok(Self { request_id, first_sent: seconds(first_sent) })
    }

    /// The id, in lower case with hyphens.
    #[must_use]
    pub fn request_id(&self) -> String {
        self.request_id.to_string()
    }

    /// The date of the first request, to the second.
    #[must_use]
    pub fn first_sent(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.first_sent)
    }

    pub(crate) fn made_by(clock: &dyn Clock) -> Self {
        Self { request_id: clock::uuid(clock), first_sent: seconds(clock.now()) }
    }

    /// The values of the two headers.
    pub(crate) fn header_values(&self) -> [HeaderValue; 2] {
        [from_text(uuid_text(self.request_id)), from_seconds(self.first_sent)]
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored<S> {
    request_id: S,
    first_sent: S,
}

impl Serialize for Repeatability {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let first_sent = httpdate::fmt_http_date(self.first_sent());
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
