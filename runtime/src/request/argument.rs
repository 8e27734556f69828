//! A declared parameter with its value, as generated code passes it.
//!
//! Every value is passed by reference and read by code that is compiled once. The code of an
//! operation neither converts nor drops values.

use std::borrow::Cow;
use std::fmt;

use super::header_argument::HeaderArgument;
use super::query_argument::QueryArgument;
use super::value::PathValue;

/// One argument of a call, and its place in the request.
#[derive(Clone, Copy)]
pub enum Argument<'a> {
    /// Fills the next placeholder of the path.
    Path(&'a dyn PathArgument),
    /// `name=text` in the query, or the parameters that a struct writes there.
    Query(&'static str, &'a dyn QueryArgument),
    /// A request header.
    Header(&'static str, &'a dyn HeaderArgument),
    /// A request header whose value is declared.
    ConstantHeader(&'static str, &'static str),
}

/// Creates the argument for the next placeholder.
pub fn path<T: PathArgument + SendArgument>(value: &T) -> Argument<'_> {
    Argument::Path(value)
}

/// Creates the argument for the query parameter `name`.
pub fn query<'a, T: QueryArgument + SendArgument>(
    name: &'static str,
    value: &'a T,
) -> Argument<'a> {
    Argument::Query(name, value)
}

/// Creates the argument for the header `name`.
pub fn header<'a, T: HeaderArgument + SendArgument>(
    name: &'static str,
    value: &'a T,
) -> Argument<'a> {
    Argument::Header(name, value)
}

/// Creates the header `name` with a declared value. The macro has checked both.
pub fn constant_header(name: &'static str, value: &'static str) -> Argument<'static> {
    Argument::ConstantHeader(name, value)
}

/// Omits the value, since an argument can be secret.
impl fmt::Debug for Argument<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Argument")
    }
}

/// The argument of a placeholder: any [`PathValue`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used in the path of an ACS operation",
    label = "not a path value",
    note = "use a string, an integer or a UUID, or a type of your own that implements `acs_rest::PathValue`",
    note = "a value of another crate's type can be passed as text: `&str`"
)]
pub trait PathArgument {
    /// Returns the text, which is not yet percent-encoded.
    fn path_text(&self) -> Cow<'_, str>;
}

#[diagnostic::do_not_recommend]
impl<T: PathValue> PathArgument for T {
    fn path_text(&self) -> Cow<'_, str> {
        self.to_path_text()
    }
}

/// A whole URL: any text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the URL of an ACS operation",
    label = "not a text",
    note = "pass the URL as the response has it, as `&str` or `String`"
)]
pub trait UrlArgument {
    /// Returns the URL unchanged.
    fn url_text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> UrlArgument for T {
    fn url_text(&self) -> &str {
        self.as_ref()
    }
}

/// An argument with which the future of the call is `Send`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` would make the call not `Send`",
    label = "cannot be used from another thread",
    note = "a call must be able to run on any thread: use an owned or thread-safe type, such as `Arc` for `Rc`"
)]
pub trait SendArgument {}

#[diagnostic::do_not_recommend]
impl<T: Send> SendArgument for T {}
