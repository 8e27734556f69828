//! Header values of the client's own making: ids, dates, signatures.

use std::cell::RefCell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::HeaderValue;
use httpdate::HttpDate;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

/// A text as a header value. Its clones share its bytes from the start; those of an ordinary one
/// move them to shared memory first, at each call anew.
pub(crate) fn from_text<const N: usize>(text: [u8; N]) -> HeaderValue {
    HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .expect("visible ASCII is a header value")
}

/// A UUID in its usual form.
pub(crate) fn uuid_text(id: Uuid) -> [u8; Hyphenated::LENGTH] {
    let mut text = [0; Hyphenated::LENGTH];
    id.hyphenated().encode_lower(&mut text);
    text
}

/// Whole seconds since 1970.
pub(crate) fn seconds(date: SystemTime) -> u64 {
    date.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// A date as a header value (IMF-fixdate, RFC 9110, section 5.6.7).
pub(crate) fn from_seconds(seconds: u64) -> HeaderValue {
    thread_local! {
        /// The last one: many calls share their second.
        static LAST: RefCell<(u64, HeaderValue)> = RefCell::new((0, written(0)));
    }
    LAST.with_borrow_mut(|last| {
        if last.0 != seconds {
            *last = (seconds, written(seconds));
        }
        last.1.clone()
    })
}

/// Dates that no header can name are the nearest that one can.
fn written(seconds: u64) -> HeaderValue {
    const END_OF_9999: u64 = 253_402_300_799;
    let date = HttpDate::from(UNIX_EPOCH + Duration::from_secs(seconds.min(END_OF_9999)));
    HeaderValue::try_from(date.to_string()).expect("an HTTP date is a header value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_gone_wild_is_a_date_all_the_same() {
        let dates =
            [UNIX_EPOCH - Duration::from_secs(9), UNIX_EPOCH + Duration::from_secs(1 << 40)];
        let [early, late] = dates.map(|date| from_seconds(seconds(date)));
        assert_eq!(early, "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(late, "Fri, 31 Dec 9999 23:59:59 GMT");
    }
}
