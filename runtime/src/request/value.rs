//! Which types can be an argument, and what they read as on the wire.

use std::borrow::Cow;
use std::sync::Arc;

/// A value that can stand for a `<placeholder>` of a path: a string, an integer or a UUID.
///
/// Implement it for an id type of your own; the text is percent-encoded for you.
///
/// ```
/// use std::borrow::Cow;
///
/// struct CallConnectionId(String);
///
/// impl acs_rest_runtime::PathValue for CallConnectionId {
///     fn text(&self) -> Cow<'_, str> {
///         Cow::Borrowed(&self.0)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used in the path of an ACS operation",
    label = "not a path value",
    note = "use a string, an integer or a UUID, or implement `acs_rest::PathValue` for it"
)]
pub trait PathValue {
    /// The value as text, not yet percent-encoded.
    fn text(&self) -> Cow<'_, str>;
}

/// A value that can be a query parameter or a header: a string, a number, a `bool` or a UUID.
///
/// Implement it for a type of your own; in the query the text is percent-encoded for you.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a query or header value",
    label = "not a query or header value",
    note = "use a string, a number, a `bool`, or implement `acs_rest::QueryValue` for it"
)]
pub trait QueryValue {
    /// The value as text, not yet percent-encoded.
    fn text(&self) -> Cow<'_, str>;
}

macro_rules! borrowed {
    ($($type:ty),*) => {$(
        impl PathValue for $type {
            fn text(&self) -> Cow<'_, str> {
                Cow::Borrowed(self)
            }
        }
        impl QueryValue for $type {
            fn text(&self) -> Cow<'_, str> {
                Cow::Borrowed(self)
            }
        }
    )*};
}

macro_rules! printed {
    ($trait:ident for $($type:ty),*) => {$(
        impl $trait for $type {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )*};
}

borrowed!(str, String, Box<str>, Arc<str>, Cow<'_, str>);
printed!(PathValue for i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, uuid::Uuid);
printed!(QueryValue for i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, uuid::Uuid);
printed!(QueryValue for bool, char, f32, f64);

impl<T: PathValue + ?Sized> PathValue for &T {
    fn text(&self) -> Cow<'_, str> {
        (**self).text()
    }
}

impl<T: QueryValue + ?Sized> QueryValue for &T {
    fn text(&self) -> Cow<'_, str> {
        (**self).text()
    }
}
