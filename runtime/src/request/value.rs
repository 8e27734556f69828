//! The types that can be arguments, and their text on the wire.

use std::borrow::Cow;
use std::sync::Arc;

/// A value that can replace a `<placeholder>` of a path: a string, an integer or a UUID.
///
/// Implement it for your own id types. The client percent-encodes the text.
///
/// ```
/// use std::borrow::Cow;
///
/// use acs_rest::PathValue;
///
/// struct CallConnectionId(String);
///
/// impl PathValue for CallConnectionId {
///     fn to_path_text(&self) -> Cow<'_, str> {
///         Cow::Borrowed(&self.0)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used in the path of an ACS operation",
    label = "not a path value",
    note = "use a string, an integer or a UUID, or a type of your own that implements `acs_rest::PathValue`"
)]
pub trait PathValue {
    /// Returns the value as text that is not yet percent-encoded.
    fn to_path_text(&self) -> Cow<'_, str>;
}

/// A value that can be a query parameter or a header: a string, a number, a `bool` or a UUID.
///
/// Implement it for your own types. The client percent-encodes the text of a query parameter.
///
/// ```
/// use std::borrow::Cow;
///
/// use acs_rest::QueryValue;
///
/// enum SortOrder {
///     Ascending,
///     Descending,
/// }
///
/// impl QueryValue for SortOrder {
///     fn to_query_text(&self) -> Cow<'_, str> {
///         Cow::Borrowed(match self {
///             Self::Ascending => "asc",
///             Self::Descending => "desc",
///         })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a query or header value",
    label = "not a query or header value",
    note = "use a string, a number, a `bool`, or a type of your own that implements `acs_rest::QueryValue`"
)]
pub trait QueryValue {
    /// Returns the value as text that is not yet percent-encoded.
    fn to_query_text(&self) -> Cow<'_, str>;
}

macro_rules! borrowed {
    ($($type:ty),*) => {$(
        impl PathValue for $type {
            fn to_path_text(&self) -> Cow<'_, str> {
                Cow::Borrowed(self)
            }
        }
        impl QueryValue for $type {
            fn to_query_text(&self) -> Cow<'_, str> {
                Cow::Borrowed(self)
            }
        }
    )*};
}

macro_rules! printed {
    ($trait:ident::$method:ident for $($type:ty),*) => {$(
        impl $trait for $type {
            fn $method(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )*};
}

borrowed!(str, String, Box<str>, Arc<str>, Cow<'_, str>);
printed!(PathValue::to_path_text for i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, uuid::Uuid);
printed!(QueryValue::to_query_text for i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, uuid::Uuid);
printed!(QueryValue::to_query_text for bool, char, f32, f64);

impl<T: PathValue + ?Sized> PathValue for &T {
    fn to_path_text(&self) -> Cow<'_, str> {
        (**self).to_path_text()
    }
}

impl<T: QueryValue + ?Sized> QueryValue for &T {
    fn to_query_text(&self) -> Cow<'_, str> {
        (**self).to_query_text()
    }
}
