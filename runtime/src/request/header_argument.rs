//! The types that can be headers.

use std::borrow::Cow;

use time::OffsetDateTime;

use super::value::QueryValue;
use super::value_format::http_date_text;

/// A header: any [`QueryValue`], a time, or an `Option` or a list of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a header value",
    label = "not a header value",
    note = "use a string, a number, a `bool`, `time::OffsetDateTime`, an `Option` or a list of these, or a type of your own that implements `acs_rest::QueryValue`",
    note = "a `Duration` is written with `format = \"seconds\"`, and a value of another crate's type can be passed as text: `&str`"
)]
pub trait HeaderArgument {
    /// Returns the text, which is not yet checked, or `None` if the header is omitted.
    fn header_text(&self) -> Option<Cow<'_, str>>;
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> HeaderArgument for T {
    fn header_text(&self) -> Option<Cow<'_, str>> {
        Some(self.to_query_text())
    }
}

#[diagnostic::do_not_recommend]
impl HeaderArgument for OffsetDateTime {
    fn header_text(&self) -> Option<Cow<'_, str>> {
        Some(http_date_text(self).into())
    }
}

#[diagnostic::do_not_recommend]
impl HeaderArgument for &OffsetDateTime {
    fn header_text(&self) -> Option<Cow<'_, str>> {
        (**self).header_text()
    }
}

#[diagnostic::do_not_recommend]
impl<T: HeaderArgument> HeaderArgument for Option<T> {
    fn header_text(&self) -> Option<Cow<'_, str>> {
        self.as_ref().and_then(T::header_text)
    }
}

/// One field line for all values of a list (RFC 9110, section 5.3).
macro_rules! list {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: HeaderArgument> HeaderArgument for $type {
            fn header_text(&self) -> Option<Cow<'_, str>> {
                let texts: Vec<_> = self.iter().filter_map(T::header_text).collect();
                (!texts.is_empty()).then(|| texts.join(", ").into())
            }
        }
    )*};
}

list!(Vec<T>, &Vec<T>, &[T]);
