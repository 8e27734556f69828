//! The requested range of a file (RFC 9110, section 14.2).

use std::ops::{Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive};

use http::header::RANGE;
use http::{HeaderName, HeaderValue};

use crate::error::{Error, Result};

/// A range of the bytes of a file, counted from 0.
///
/// ```
/// use acs_rest::ByteRange;
///
/// let first_kilobyte = ByteRange::from(0..1024);
/// let rest = ByteRange::from(1024..);
/// # assert_ne!(first_kilobyte, rest);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByteRange {
    first: u64,
    /// `None` for a range up to the end of the file.
    last: Option<u64>,
    is_empty: bool,
}

impl ByteRange {
    /// The whole file.
    pub const ALL: Self = Self { first: 0, last: None, is_empty: false };

    /// The bytes within `bounds`.
    fn new(bounds: &impl RangeBounds<u64>) -> Self {
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

    /// Parses `bytes=5-9` or `bytes=5-`. Other forms of `Range` cannot be a `ByteRange`.
    pub(crate) fn parse(value: &HeaderValue) -> Option<Self> {
        let text = value.to_str().ok()?;
        let (unit, range) = text.split_once('=')?;
        let (first, last) = range.trim().split_once('-')?;
        let last = match last {
            "" => None,
            last => Some(last.parse().ok()?),
        };
        let first = first.parse().ok()?;
        let is_bytes = unit.trim().eq_ignore_ascii_case("bytes");
        is_bytes.then_some(Self { first, last, is_empty: false })
    }

    pub(crate) fn first(self) -> u64 {
        self.first
    }

    pub(crate) fn last(self) -> Option<u64> {
        self.last
    }

    /// Returns the header that requests the range, or `None` for the whole file.
    pub(super) fn header(self) -> Result<Option<(HeaderName, HeaderValue)>> {
        if self.is_empty {
            return Err(Error::argument("the range is empty; request at least one byte"));
        }
        if self == Self::ALL {
            return Ok(None);
        }
        let last = self.last.map(|last| last.to_string()).unwrap_or_default();
        let value = HeaderValue::try_from(format!("bytes={}-{last}", self.first));
        Ok(Some((RANGE, value.expect("digits and `-` are valid in a header"))))
    }
}

macro_rules! from_bounds {
    ($($type:ty),*) => {$(
        impl From<$type> for ByteRange {
            fn from(bounds: $type) -> Self {
                Self::new(&bounds)
            }
        }
    )*};
}

from_bounds!(Range<u64>, RangeFrom<u64>, RangeInclusive<u64>, RangeFull);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn bounds_are_written_as_first_and_last() {
        let header = |range: ByteRange| range.header().unwrap().map(|(_, value)| value);
        let after = (Bound::Excluded(4), Bound::Unbounded);
        for (range, text) in [
            (ByteRange::new(&(0..100)), "bytes=0-99"),
            (ByteRange::new(&(5..=5)), "bytes=5-5"),
            (ByteRange::new(&(7..)), "bytes=7-"),
            (ByteRange::new(&..=9), "bytes=0-9"),
            (ByteRange::new(&after), "bytes=5-"),
        ] {
            let value = header(range).unwrap();
            assert_eq!(value, text);
            assert_eq!(ByteRange::parse(&value), Some(range));
        }
        assert_eq!((header(ByteRange::new(&..)), header(ByteRange::ALL)), (None, None));
    }

    #[test]
    fn other_forms_of_range_are_not_parsed() {
        for value in ["bytes=-5", "bytes=0-1,5-9", "items=0-5", "bytes", "bytes=a-b"] {
            assert_eq!(ByteRange::parse(&HeaderValue::from_static(value)), None, "{value}");
        }
    }

    #[test]
    fn an_empty_range_is_refused() {
        let after_all = (Bound::Excluded(u64::MAX), Bound::Unbounded);
        for range in [ByteRange::new(&(5..5)), ByteRange::new(&..0), ByteRange::new(&after_all)] {
            assert_eq!(range.header().unwrap_err().kind(), ErrorKind::Argument);
        }
        #[expect(clippy::reversed_empty_ranges, reason = "the range under test")]
        let backwards = ByteRange::new(&(6..=5));
        assert!(backwards.header().is_err());
    }
}
