//! Times and durations in the declared formats.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::header_argument::HeaderArgument;
use super::query::QueryWriter;
use super::query_argument::QueryArgument;
use crate::headers;

/// A `V`, or an `Option` or a list of `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written in a format of `{V}`",
    label = "another type than `{V}`",
    note = "the format applies to `{V}`, and to an `Option` or a list of it; remove it for other types"
)]
pub trait Values<V> {
    /// Calls `take` with each value.
    fn each(&self, take: &mut dyn FnMut(&V));
}

impl Values<Self> for OffsetDateTime {
    fn each(&self, take: &mut dyn FnMut(&Self)) {
        take(self);
    }
}

impl Values<Self> for Duration {
    fn each(&self, take: &mut dyn FnMut(&Self)) {
        take(self);
    }
}

#[diagnostic::do_not_recommend]
impl<V, T: Values<V> + ?Sized> Values<V> for &T {
    fn each(&self, take: &mut dyn FnMut(&V)) {
        (**self).each(take);
    }
}

#[diagnostic::do_not_recommend]
impl<V, T: Values<V>> Values<V> for Option<T> {
    fn each(&self, take: &mut dyn FnMut(&V)) {
        self.iter().for_each(|value| value.each(take));
    }
}

#[diagnostic::do_not_recommend]
impl<V, T: Values<V>> Values<V> for [T] {
    fn each(&self, take: &mut dyn FnMut(&V)) {
        self.iter().for_each(|value| value.each(take));
    }
}

#[diagnostic::do_not_recommend]
impl<V, T: Values<V>> Values<V> for Vec<T> {
    fn each(&self, take: &mut dyn FnMut(&V)) {
        self.as_slice().each(take);
    }
}

/// Values with their format.
pub struct Formatted<'a, V> {
    values: &'a (dyn Values<V> + Sync),
    text: fn(&V) -> String,
}

/// Writes RFC 3339, such as `2024-09-15T08:49:37Z`: the format of a time in the query.
pub fn rfc3339<T: Values<OffsetDateTime> + Sync>(values: &T) -> Formatted<'_, OffsetDateTime> {
    Formatted { values, text: rfc3339_text }
}

/// Writes IMF-fixdate (RFC 9110, section 5.6.7): the format of a time in a header.
pub fn http_date<T: Values<OffsetDateTime> + Sync>(values: &T) -> Formatted<'_, OffsetDateTime> {
    Formatted { values, text: http_date_text }
}

/// Seconds since 1970.
pub fn unix_seconds<T: Values<OffsetDateTime> + Sync>(values: &T) -> Formatted<'_, OffsetDateTime> {
    Formatted { values, text: |time| time.unix_timestamp().to_string() }
}

/// Writes the date without the time, such as `2024-09-15`.
pub fn date<T: Values<OffsetDateTime> + Sync>(values: &T) -> Formatted<'_, OffsetDateTime> {
    Formatted { values, text: |time| time.date().to_string() }
}

/// Writes whole seconds.
pub fn seconds<T: Values<Duration> + Sync>(values: &T) -> Formatted<'_, Duration> {
    Formatted { values, text: |duration| duration.as_secs().to_string() }
}

/// Writes whole milliseconds.
pub fn milliseconds<T: Values<Duration> + Sync>(values: &T) -> Formatted<'_, Duration> {
    Formatted { values, text: |duration| duration.as_millis().to_string() }
}

pub(super) fn rfc3339_text(time: &OffsetDateTime) -> String {
    // Years of more than four digits have no RFC 3339 form.
    time.to_utc().format(&Rfc3339).unwrap_or_default()
}

pub(super) fn http_date_text(time: &OffsetDateTime) -> String {
    headers::date(time.unix_timestamp()).to_str().unwrap_or_default().to_owned()
}

impl<V> fmt::Debug for Formatted<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Formatted")
    }
}

impl<V> QueryArgument for Formatted<'_, V> {
    fn write_query(&self, name: &str, query: &mut QueryWriter<'_>) {
        self.values.each(&mut |value| query.value(name, &(self.text)(value)));
    }
}

impl<V> HeaderArgument for Formatted<'_, V> {
    fn header_text(&self) -> Option<Cow<'_, str>> {
        let mut texts = Vec::new();
        self.values.each(&mut |value| texts.push((self.text)(value)));
        (!texts.is_empty()).then(|| texts.join(", ").into())
    }
}

#[cfg(test)]
mod tests {
    use time::UtcOffset;

    use super::*;

    #[test]
    fn a_time_has_the_declared_format() {
        let time = OffsetDateTime::from_unix_timestamp(784_111_777).unwrap();
        let time = time.to_offset(UtcOffset::from_hms(1, 0, 0).unwrap());
        for (formatted, expected) in [
            (rfc3339(&time), "1994-11-06T08:49:37Z"),
            (http_date(&time), "Sun, 06 Nov 1994 08:49:37 GMT"),
            (unix_seconds(&time), "784111777"),
            (date(&time), "1994-11-06"),
        ] {
            assert_eq!(formatted.header_text().as_deref(), Some(expected));
        }
    }

    #[test]
    fn options_and_lists_have_the_format_too() {
        let minute = Duration::from_millis(60_500);
        assert_eq!(seconds(&Some(minute)).header_text().as_deref(), Some("60"));
        assert_eq!(
            milliseconds(&vec![minute, minute]).header_text().as_deref(),
            Some("60500, 60500")
        );
        assert_eq!(seconds(&None::<Duration>).header_text(), None);
    }
}
