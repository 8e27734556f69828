//! Names and values of the headers that the client writes.

use std::cell::RefCell;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use httpdate::HttpDate;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

pub(crate) const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");
pub(crate) const RETURN_CLIENT_REQUEST_ID: HeaderName =
    HeaderName::from_static("x-ms-return-client-request-id");
pub(crate) const REPEATABILITY_REQUEST_ID: HeaderName =
    HeaderName::from_static("repeatability-request-id");
pub(crate) const REPEATABILITY_FIRST_SENT: HeaderName =
    HeaderName::from_static("repeatability-first-sent");
pub(crate) const REPEATABILITY_RESULT: HeaderName = HeaderName::from_static("repeatability-result");
/// The host of the resource, for requests to another host. Signatures cover it.
pub(crate) const X_MS_HOST: HeaderName = HeaderName::from_static("x-ms-host");
pub(crate) const X_MS_DATE: HeaderName = HeaderName::from_static("x-ms-date");
pub(crate) const X_MS_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-ms-content-sha256");

/// A header value over shared bytes. An ordinary value moves its bytes to shared memory when it is
/// first cloned, a cost for every call.
pub(crate) fn shared_value<const N: usize>(text: [u8; N]) -> HeaderValue {
    HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .expect("visible ASCII is a header value")
}

/// A UUID in lower case with hyphens.
pub(crate) fn uuid_text(id: Uuid) -> [u8; Hyphenated::LENGTH] {
    let mut text = [0; Hyphenated::LENGTH];
    id.hyphenated().encode_lower(&mut text);
    text
}

/// A date in seconds since 1970 as a header value (IMF-fixdate, RFC 9110, section 5.6.7).
pub(crate) fn date(seconds: i64) -> HeaderValue {
    thread_local! {
        /// The last value, since many calls are made in the same second.
        static LAST: RefCell<(i64, HeaderValue)> = RefCell::new((0, format_date(0)));
    }
    LAST.with_borrow_mut(|last| {
        if last.0 != seconds {
            *last = (seconds, format_date(seconds));
        }
        last.1.clone()
    })
}

/// A date outside the range of HTTP dates becomes the nearest one inside it.
fn format_date(seconds: i64) -> HeaderValue {
    const END_OF_9999: i64 = 253_402_300_799;
    let seconds = seconds.clamp(0, END_OF_9999).unsigned_abs();
    let date = HttpDate::from(UNIX_EPOCH + Duration::from_secs(seconds));
    HeaderValue::try_from(date.to_string()).expect("an HTTP date is a header value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_out_of_range_is_the_nearest_in_range() {
        assert_eq!(date(-9), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(date(1 << 40), "Fri, 31 Dec 9999 23:59:59 GMT");
    }
}
