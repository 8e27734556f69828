//! The delay that a response requests.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};
use time::OffsetDateTime;

/// Reads `x-ms-retry-after-ms`, `retry-after-ms` or `Retry-After` (RFC 9110, section 10.2.3), in
/// this order. A value that is neither a sequence of digits nor an HTTP date is ignored.
///
/// A date is compared with the response's own `Date`, since the local clock may be wrong; `now` is
/// used if the response has none.
pub(crate) fn retry_after(headers: &HeaderMap, now: OffsetDateTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let millis = |name| text(name).and_then(digits).map(Duration::from_millis);
    millis("x-ms-retry-after-ms").or_else(|| millis("retry-after-ms")).or_else(|| {
        let text = text(RETRY_AFTER.as_str())?;
        digits(text).map(Duration::from_secs).or_else(|| {
            let retry_at = http_date(text)?;
            let answered_at = text_date(headers).unwrap_or(now);
            Some((retry_at - answered_at).try_into().unwrap_or_default())
        })
    })
}

fn text_date(headers: &HeaderMap) -> Option<OffsetDateTime> {
    http_date(headers.get(DATE)?.to_str().ok()?.trim())
}

fn http_date(text: &str) -> Option<OffsetDateTime> {
    httpdate::parse_http_date(text).ok().map(OffsetDateTime::from)
}

/// Parses a number that consists of digits only, saturating.
fn digits(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT
    const NOW: i64 = 784_111_777;

    fn read(fields: &[(&'static str, &'static str)]) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        for &(name, value) in fields {
            headers.insert(name, HeaderValue::from_static(value));
        }
        retry_after(&headers, OffsetDateTime::from_unix_timestamp(NOW).unwrap())
    }

    #[test]
    fn every_form_is_read() {
        let secs = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(read(&[("retry-after", "7")]), secs(7));
        assert_eq!(read(&[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")]), secs(10));
        assert_eq!(read(&[("retry-after", "Sunday, 06-Nov-94 08:49:47 GMT")]), secs(10));
        assert_eq!(read(&[("retry-after", "Sun Nov  6 08:49:47 1994")]), secs(10));
        assert_eq!(read(&[("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT")]), secs(0));
        assert_eq!(read(&[("retry-after-ms", "1500")]), Some(Duration::from_millis(1500)));
        assert_eq!(
            read(&[("x-ms-retry-after-ms", "20"), ("retry-after", "60")]),
            Some(Duration::from_millis(20))
        );
        assert_eq!(read(&[("retry-after", "99999999999999999999999")]), secs(u64::MAX));
        for unreadable in ["-1", "1.5", "soon", "", "+3", "1e3", "0x10"] {
            assert_eq!(read(&[("retry-after", unreadable)]), None, "{unreadable}");
        }
    }

    #[test]
    fn a_date_is_relative_to_the_date_of_the_response() {
        let retry_at = ("retry-after", "Tue, 15 Nov 2022 08:12:36 GMT");
        let answered = [retry_at, ("date", "Tue, 15 Nov 2022 08:12:31 GMT")];
        assert_eq!(read(&answered), Some(Duration::from_secs(5)));
        assert_eq!(read(&[retry_at, ("date", "not a date")]), read(&[retry_at]));
    }

    proptest! {
        #[test]
        fn no_header_panics(text in "[0-9]{0,30}|\\PC{0,40}", date in "\\PC{0,40}") {
            let mut headers = HeaderMap::new();
            for (name, text) in [(RETRY_AFTER, text), (DATE, date)] {
                if let Ok(value) = HeaderValue::from_str(&text) {
                    headers.insert(name, value);
                }
            }
            retry_after(&headers, OffsetDateTime::UNIX_EPOCH);
        }
    }
}
