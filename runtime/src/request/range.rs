//! The bytes of a file that are asked for (RFC 9110, section 14).

use std::ops::{Bound, RangeBounds};

use http::header::{CONTENT_RANGE, RANGE};
use http::{HeaderName, HeaderValue, StatusCode};

use crate::answer::{Answer, content_length};
use crate::error::{Error, ErrorKind, Result};

/// Which bytes of a file, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteRange {
    first: u64,
    /// `None` up to the end.
    last: Option<u64>,
    is_empty: bool,
}

/// What `Content-Range` says is sent.
struct Sent {
    first: u64,
    last: u64,
    complete: Option<u64>,
}

impl ByteRange {
    /// The whole file.
    pub const ALL: Self = Self { first: 0, last: None, is_empty: false };

    /// The bytes within `bounds`.
    pub fn new(bounds: &impl RangeBounds<u64>) -> Self {
        let first = match bounds.start_bound() {
            Bound::Included(&first) => Some(first),
            Bound::Excluded(before) => before.checked_add(1),
            Bound::Unbounded => Some(0),
        };
        let end = match bounds.end_bound() {
            Bound::Included(&last) => Some(Some(last)),
            Bound::Excluded(end) => end.checked_sub(1).map(Some),
            Bound::Unbounded => Some(None),
        };
        match (first, end) {
            (Some(first), Some(last)) if last.is_none_or(|last| first <= last) => {
                Self { first, last, is_empty: false }
            }
            _ => Self { is_empty: true, ..Self::ALL },
        }
    }

    /// The header that asks for it; the whole file needs none.
    pub(super) fn header(self) -> Result<Option<(HeaderName, HeaderValue)>> {
        if self.is_empty {
            return Err(Error::argument("the range is empty; ask for one byte at least"));
        }
        if self == Self::ALL {
            return Ok(None);
        }
        let last = self.last.map(|last| last.to_string()).unwrap_or_default();
        let value = HeaderValue::try_from(format!("bytes={}-{last}", self.first));
        Ok(Some((RANGE, value.expect("a range is a header value"))))
    }

    /// How many bytes the answer brings, if it says so; or why they are not those asked for.
    pub(crate) fn check(self, answer: &Answer) -> Result<Option<u64>> {
        let refused = |reason| {
            let text =
                format!("the download does not bring the bytes that were asked for: {reason}");
            answer.error(ErrorKind::Decode, text)
        };
        let promised = content_length(answer.headers());
        match answer.status() {
            StatusCode::OK if self == Self::ALL => return Ok(promised),
            StatusCode::OK => return Err(refused("the server ignored the range, and sends all")),
            StatusCode::PARTIAL_CONTENT => {}
            _ => return Err(refused("the status is neither 200 nor 206")),
        }
        let value = answer.headers().get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
        let sent = value.and_then(Sent::parse);
        let sent =
            sent.ok_or_else(|| refused("`Content-Range` is missing, or no range of bytes"))?;
        if !self.is_brought_by(&sent) {
            return Err(refused("`Content-Range` names others"));
        }
        let length = sent.last - sent.first + 1;
        match promised.is_none_or(|promised| promised == length) {
            true => Ok(Some(length)),
            false => Err(refused("`Content-Length` and `Content-Range` contradict each other")),
        }
    }

    /// Only the end of the file may cut the range short.
    fn is_brought_by(self, sent: &Sent) -> bool {
        let end = sent.complete.map(|complete| complete - 1);
        let last = match (self.last, end) {
            (Some(last), Some(end)) => Some(last.min(end)),
            (last, end) => last.or(end),
        };
        let is_to_the_end = match sent.complete {
            Some(_) => last == Some(sent.last),
            // How long the file is was not told.
            None => last.is_none_or(|last| sent.last <= last) && self != Self::ALL,
        };
        sent.first == self.first && is_to_the_end
    }
}

impl Sent {
    /// `bytes 0-499/1234`, or `bytes 0-499/*`.
    fn parse(value: &str) -> Option<Self> {
        let (unit, rest) = value.split_once(' ')?;
        let (range, complete) = rest.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let complete = match complete {
            "*" => None,
            complete => Some(number(complete)?),
        };
        let (first, last) = (number(first)?, number(last)?);
        let makes_sense = first <= last
            && last < u64::MAX
            && complete.is_none_or(|complete| last < complete)
            && unit.eq_ignore_ascii_case("bytes");
        makes_sense.then_some(Self { first, last, complete })
    }
}

/// Digits alone: `parse` would take a sign too.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_written_as_first_and_last() {
        let written = |range: ByteRange| range.header().unwrap().map(|(_, value)| value);
        assert_eq!(written(ByteRange::new(&(0..100))).unwrap(), "bytes=0-99");
        assert_eq!(written(ByteRange::new(&(5..=5))).unwrap(), "bytes=5-5");
        assert_eq!(written(ByteRange::new(&(7..))).unwrap(), "bytes=7-");
        assert_eq!(written(ByteRange::new(&..=9)).unwrap(), "bytes=0-9");
        let after = (Bound::Excluded(4), Bound::Unbounded);
        assert_eq!(written(ByteRange::new(&after)).unwrap(), "bytes=5-");
        assert_eq!((written(ByteRange::new(&..)), written(ByteRange::ALL)), (None, None));
    }

    #[test]
    fn an_empty_range_is_refused() {
        let after_all = (Bound::Excluded(u64::MAX), Bound::Unbounded);
        for range in [ByteRange::new(&(5..5)), ByteRange::new(&..0), ByteRange::new(&after_all)] {
            assert_eq!(range.header().unwrap_err().kind(), ErrorKind::Argument);
        }
        #[expect(clippy::reversed_empty_ranges, reason = "what is tested")]
        let backwards = ByteRange::new(&(6..=5));
        assert!(backwards.header().is_err());
    }

    #[test]
    fn an_answer_brings_the_range_or_another() {
        let brings = |range: ByteRange, value: &str| {
            Sent::parse(value).is_some_and(|sent| range.is_brought_by(&sent))
        };
        let asked = ByteRange::new(&(10..20));
        for value in ["bytes 10-19/100", "bytes 10-14/15", "bytes 10-19/*", "Bytes 10-14/*"] {
            assert!(brings(asked, value), "{value}");
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
            assert!(!brings(asked, value), "{value}");
        }
        let rest = ByteRange::new(&(10..));
        assert!(brings(rest, "bytes 10-99/100") && brings(rest, "bytes 10-98/*"));
        assert!(!brings(rest, "bytes 10-98/100"));
        assert!(brings(ByteRange::ALL, "bytes 0-99/100"));
        assert!(
            !brings(ByteRange::ALL, "bytes 0-98/100") && !brings(ByteRange::ALL, "bytes 0-9/*")
        );
    }
}
