//! Checks that a response contains the requested bytes (RFC 9110, section 14).

use http::header::{CONTENT_LENGTH, CONTENT_RANGE};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::request::range::ByteRange;

/// The value of `Content-Range`.
struct ContentRange {
    first: u64,
    last: u64,
    complete: Option<u64>,
}

/// Returns the length of the body, if it is known, or an error if the body is not the requested
/// part of the content. `requested` is the `Range` header of the request, and `length` is the
/// length that the response states.
pub(crate) fn check(
    requested: Option<&HeaderValue>,
    status: StatusCode,
    headers: &HeaderMap,
    length: Option<u64>,
) -> Result<Option<u64>, &'static str> {
    if status != StatusCode::PARTIAL_CONTENT {
        return match requested {
            None => Ok(length),
            Some(_) => {
                Err("the response ignores the requested range and contains the whole content")
            }
        };
    }
    let range = match requested {
        None => ByteRange::ALL,
        Some(value) => match ByteRange::parse(value) {
            Some(range) => range,
            // Several ranges, or a suffix: only the caller can decide whether the parts are
            // correct.
            None => return Ok(length),
        },
    };
    let brought = headers.get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
    let brought = brought.and_then(ContentRange::parse);
    let brought =
        brought.ok_or("the response is partial, and its `Content-Range` is missing or invalid")?;
    if !brought.satisfies(range) {
        return Err("the response contains a part of the content other than the requested one");
    }
    let brought_length = brought.last - brought.first + 1;
    match length.is_none_or(|length| length == brought_length) {
        true => Ok(Some(brought_length)),
        false => Err("`Content-Length` and `Content-Range` of the response contradict each other"),
    }
}

/// The length of the body that the response states.
pub(crate) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

impl ContentRange {
    /// Parses `bytes 0-499/1234` or `bytes 0-499/*`.
    fn parse(value: &str) -> Option<Self> {
        let (unit, rest) = value.split_once(' ')?;
        let (range, complete) = rest.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let complete = match complete {
            "*" => None,
            complete => Some(number(complete)?),
        };
        let (first, last) = (number(first)?, number(last)?);
        let is_consistent = first <= last
            && last < u64::MAX
            && complete.is_none_or(|complete| last < complete)
            && unit.eq_ignore_ascii_case("bytes");
        is_consistent.then_some(Self { first, last, complete })
    }

    /// Whether this is the `requested` range; only the end of the content may shorten it.
    fn satisfies(&self, requested: ByteRange) -> bool {
        let end = self.complete.map(|complete| complete - 1);
        let last = match (requested.last(), end) {
            (Some(last), Some(end)) => Some(last.min(end)),
            (last, end) => last.or(end),
        };
        let reaches_end = match self.complete {
            Some(_) => last == Some(self.last),
            // The length of the content is not known.
            None => last.is_none_or(|last| self.last <= last) && requested != ByteRange::ALL,
        };
        self.first == requested.first() && reaches_end
    }
}

/// Parses digits only: `parse` would accept a sign.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn satisfies(range: ByteRange, value: &str) -> bool {
        ContentRange::parse(value).is_some_and(|brought| brought.satisfies(range))
    }

    #[test]
    fn a_response_has_the_requested_range_or_another() {
        let requested = ByteRange::from(10..20);
        for value in ["bytes 10-19/100", "bytes 10-14/15", "bytes 10-19/*", "Bytes 10-14/*"] {
            assert!(satisfies(requested, value), "{value}");
        }
        for value in [
            "bytes 0-19/100",
            "bytes 11-19/100",
            "bytes 10-18/100",
            "bytes 10-20/100",
            "bytes 10-20/*",
            "bytes 10-19/19",
            "bytes 19-10/100",
            "bytes +10-19/100",
            "bytes */100",
            "lines 10-19/100",
            "bytes 10-19",
            "",
        ] {
            assert!(!satisfies(requested, value), "{value}");
        }
        let rest = ByteRange::from(10..);
        assert!(satisfies(rest, "bytes 10-99/100") && satisfies(rest, "bytes 10-98/*"));
        assert!(!satisfies(rest, "bytes 10-98/100"));
        assert!(satisfies(ByteRange::ALL, "bytes 0-99/100"));
        for part in ["bytes 0-98/100", "bytes 0-9/*", "bytes 1-99/100"] {
            assert!(!satisfies(ByteRange::ALL, part), "{part}");
        }
    }

    #[test]
    fn a_partial_response_to_a_plain_request_is_refused_unless_it_is_whole() {
        let brings = |content_range: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_RANGE, HeaderValue::from_static(content_range));
            check(None, StatusCode::PARTIAL_CONTENT, &headers, content_length(&headers))
        };
        assert_eq!(brings("bytes 0-956/957"), Ok(Some(957)));
        assert!(brings("bytes 0-9/957").is_err());
        assert!(check(None, StatusCode::PARTIAL_CONTENT, &HeaderMap::new(), None).is_err());
        let range = HeaderValue::from_static("bytes=0-9");
        assert!(check(Some(&range), StatusCode::OK, &HeaderMap::new(), None).is_err());
    }
}
