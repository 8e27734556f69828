//! The ids by which the service recognises a repeated request.

mod in_body;
mod support;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{HeaderMap, HeaderValue};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

pub(crate) use self::in_body::{BodyIds, with_body_ids};
pub(crate) use self::support::SupportedOperations;
use crate::error::{Error, Result};
use crate::headers::{REPEATABILITY_RESULT, date, shared_value, uuid_text};
use crate::sources::{self, RandomSource, SystemRandomSource, SystemTimeSource, TimeSource};

/// The pair `Repeatability-Request-ID` and `Repeatability-First-Sent` of one logical call
/// (OASIS Repeatable Requests 1.0, section 2).
///
/// A `repeatable` call creates its own pair and sends it with every attempt. To finish a call after
/// a crash, create the pair yourself, store it, and repeat the call with the same pair and the same
/// arguments. The service remembers an id for 300 s after its first-sent date; the client sends it
/// for 270 s.
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
///
/// A pair is serialised as ACS expects it inside a body: as `repeatabilityRequestId` and
/// `repeatabilityFirstSent`, the latter an IMF-fixdate. A model with these fields, such as the
/// recipient of an SMS, contains a flattened pair, and its operation is declared `repeatable =
/// "body"`:
///
/// ```
/// use acs_rest::{Repeatability, acs_model};
///
/// #[acs_model]
/// pub struct SmsRecipient {
///     pub to: String,
///     #[serde(flatten)]
///     pub repeatability: Repeatability,
/// }
///
/// let recipient = SmsRecipient::new("+14255550100", Repeatability::new());
/// let json = serde_json::to_value(&recipient)?;
/// assert_eq!(json["repeatabilityRequestId"], recipient.repeatability.request_id());
/// assert_eq!(json["repeatabilityFirstSent"], recipient.repeatability.first_sent_text());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Repeatability {
    /// A UUID in lower case with hyphens.
    request_id: [u8; Hyphenated::LENGTH],
    /// Seconds since 1970: an HTTP date has no fraction.
    first_sent: i64,
    /// Whether a body with the pair was written; `None` if the pair comes from elsewhere.
    is_used: Option<Arc<AtomicBool>>,
}

/// Whether the service confirms that it recognises the request by its repeatability id (OASIS
/// Repeatable Requests 1.0, section 2.3).
pub(crate) fn is_accepted(headers: &HeaderMap) -> bool {
    let result = headers.get(REPEATABILITY_RESULT);
    result.is_some_and(|result| result.as_bytes().eq_ignore_ascii_case(b"accepted"))
}

impl Repeatability {
    /// Creates a new pair: a random id (UUID version 4) and the current time.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "each one is different")]
    pub fn new() -> Self {
        let pair = Self::made_of(&SystemTimeSource, &SystemRandomSource);
        Self { is_used: Some(Arc::default()), ..pair }
    }

    /// Restores the pair of an earlier request, from a UUID in its 36-character form and an
    /// IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    ///
    /// # Errors
    /// If either of them has another form.
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
        Ok(Self { request_id: uuid_text(id), first_sent, is_used: None })
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

    /// Returns the date of the first request as it is sent, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    #[must_use]
    pub fn first_sent_text(&self) -> String {
        date(self.first_sent).to_str().expect("an HTTP date is ASCII").to_owned()
    }

    pub(crate) fn made_of(time: &dyn TimeSource, random: &dyn RandomSource) -> Self {
        let request_id = uuid_text(sources::uuid(random));
        // Header dates start in 1970.
        Self { request_id, first_sent: time.now().unix_timestamp().max(0), is_used: None }
    }

    /// Records that the pair is sent in a body. Returns whether it may have been sent before.
    fn mark_used(&self) -> bool {
        self.is_used.as_ref().is_none_or(|is_used| is_used.swap(true, Ordering::Relaxed))
    }

    /// The values of the two headers.
    pub(crate) fn header_values(&self) -> [HeaderValue; 2] {
        [shared_value(self.request_id), date(self.first_sent)]
    }
}

/// Two pairs are equal if they identify the same request.
impl PartialEq for Repeatability {
    fn eq(&self, other: &Self) -> bool {
        (self.request_id, self.first_sent) == (other.request_id, other.first_sent)
    }
}

impl Eq for Repeatability {}

impl Hash for Repeatability {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.request_id, self.first_sent).hash(state);
    }
}

impl fmt::Debug for Repeatability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repeatability")
            .field("request_id", &self.request_id())
            .field("first_sent", &self.first_sent())
            .finish()
    }
}

/// How a pair is serialised.
#[derive(Serialize, Deserialize)]
struct Written<S> {
    #[serde(rename = "repeatabilityRequestId", alias = "requestId")]
    request_id: S,
    #[serde(rename = "repeatabilityFirstSent", alias = "firstSent")]
    first_sent: S,
}

impl Serialize for Repeatability {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        in_body::note(self);
        let first_sent = self.first_sent_text();
        Written { request_id: self.request_id(), first_sent: &first_sent }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Repeatability {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let stored = Written::<String>::deserialize(deserializer)?;
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
    fn a_pair_is_written_as_a_body_expects_it_and_read_in_its_former_form() {
        let pair = Repeatability::from_parts(ID, DATE).unwrap();
        let json = serde_json::to_string(&pair).unwrap();
        let names = r#"{"repeatabilityRequestId":""#;
        assert!(json.starts_with(names) && json.contains(&pair.first_sent_text()), "{json}");
        let stored = json.replace("repeatabilityR", "r").replace("repeatabilityF", "f");
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
