//! The arguments of a call, as generated code passes them, and the types that can be arguments.
//!
//! Every value is behind a reference and read by code that is compiled once: an operation has
//! nothing to convert and nothing to drop.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use super::value::{PathValue, QueryValue};
use crate::error::{Error, Result};

/// The capacity that holds most bodies without growing, in bytes.
const BODY_CAPACITY: usize = 512;

/// One argument of a call and where it goes.
#[derive(Clone, Copy)]
pub enum Argument<'a> {
    /// Fills the next placeholder of the path.
    Path(&'a dyn PathArgument),
    /// `name=text` in the query, once for each text.
    Query(&'static str, &'a dyn QueryArgument),
    /// A request header.
    Header(&'static str, &'a dyn HeaderArgument),
}

/// The argument that is the request body.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// No body.
    None,
    /// Any value that serde can serialise.
    Json(&'a dyn JsonBody),
}

/// No text, one, or (in the query) several.
#[derive(Debug)]
pub enum Texts<'a> {
    /// The parameter is left out.
    None,
    /// The usual case.
    One(Cow<'a, str>),
    /// A list repeats its key.
    Many(Vec<Cow<'a, str>>),
}

impl<'a> Texts<'a> {
    pub(super) fn as_slice(&self) -> &[Cow<'a, str>] {
        match self {
            Self::None => &[],
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// The argument for the next placeholder.
pub fn path<T: PathArgument + SendArgument>(value: &T) -> Argument<'_> {
    Argument::Path(value)
}

/// The argument for the query parameter `name`.
pub fn query<'a, T: QueryArgument + SendArgument>(
    name: &'static str,
    value: &'a T,
) -> Argument<'a> {
    Argument::Query(name, value)
}

/// The argument for the header `name`.
pub fn header<'a, T: HeaderArgument + SendArgument>(
    name: &'static str,
    value: &'a T,
) -> Argument<'a> {
    Argument::Header(name, value)
}

/// The argument that is the JSON body.
pub fn json<T: JsonBody + SendArgument>(value: &T) -> Body<'_> {
    Body::Json(value)
}

/// The argument that is the JSON body, if there is one.
pub fn optional_json<T: JsonBody + SendArgument>(value: &Option<T>) -> Body<'_> {
    value.as_ref().map_or(Body::None, json)
}

/// The body of an operation that has none.
pub fn no_body() -> Body<'static> {
    Body::None
}

impl Body<'_> {
    pub(super) fn bytes(self) -> Result<Option<Bytes>> {
        let Self::Json(value) = self else {
            return Ok(None);
        };
        let mut json = Vec::with_capacity(BODY_CAPACITY);
        let written = value.write_json(&mut json);
        written.map(|()| Some(json.into())).map_err(|error| {
            Error::argument("the request body cannot be written as JSON").with_source(error)
        })
    }
}

/// Leaves out the value: an argument can be secret.
impl fmt::Debug for Argument<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Argument")
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}

/// Fills a placeholder: any [`PathValue`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used in the path of an ACS operation",
    label = "not a path value",
    note = "use a string, an integer or a UUID, or a type of your own that implements `acs_rest::PathValue`"
)]
pub trait PathArgument {
    /// Returns its text, not yet percent-encoded.
    fn path_text(&self) -> Cow<'_, str>;
}

#[diagnostic::do_not_recommend]
impl<T: PathValue> PathArgument for T {
    fn path_text(&self) -> Cow<'_, str> {
        self.to_path_text()
    }
}

/// A query parameter: any [`QueryValue`], an `Option` or a list of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a query value",
    label = "not a query value",
    note = "use a string, a number, a `bool`, an `Option` or a list of these, or a type of your own that implements `acs_rest::QueryValue`",
    note = "a value of another crate's type, such as a date, can be sent as text (`&str`); each field of a struct is a parameter of its own"
)]
pub trait QueryArgument {
    /// Returns its texts, not yet percent-encoded.
    fn query_texts(&self) -> Texts<'_>;
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> QueryArgument for T {
    fn query_texts(&self) -> Texts<'_> {
        Texts::One(self.to_query_text())
    }
}

#[diagnostic::do_not_recommend]
impl<T: QueryArgument> QueryArgument for Option<T> {
    fn query_texts(&self) -> Texts<'_> {
        self.as_ref().map_or(Texts::None, T::query_texts)
    }
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> QueryArgument for Vec<T> {
    fn query_texts(&self) -> Texts<'_> {
        Texts::Many(self.iter().map(T::to_query_text).collect())
    }
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> QueryArgument for &[T] {
    fn query_texts(&self) -> Texts<'_> {
        Texts::Many(self.iter().map(T::to_query_text).collect())
    }
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> QueryArgument for &Vec<T> {
    fn query_texts(&self) -> Texts<'_> {
        (**self).query_texts()
    }
}

/// A header: any [`QueryValue`], or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a header value",
    label = "not a header value",
    note = "use a string, a number, a `bool` or an `Option` of these, or a type of your own that implements `acs_rest::QueryValue`"
)]
pub trait HeaderArgument {
    /// Returns its text, not yet checked.
    fn header_texts(&self) -> Texts<'_>;
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> HeaderArgument for T {
    fn header_texts(&self) -> Texts<'_> {
        Texts::One(self.to_query_text())
    }
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> HeaderArgument for Option<T> {
    fn header_texts(&self) -> Texts<'_> {
        self.as_ref().map_or(Texts::None, |value| Texts::One(value.to_query_text()))
    }
}

/// The JSON body: anything that serde can serialise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as the JSON body of an ACS operation",
    label = "not serialisable",
    note = "add `#[derive(serde::Serialize)]` to the type"
)]
pub trait JsonBody {
    /// Appends its JSON text.
    fn write_json(&self, json: &mut Vec<u8>) -> serde_json::Result<()>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> JsonBody for T {
    fn write_json(&self, json: &mut Vec<u8>) -> serde_json::Result<()> {
        serde_json::to_writer(json, self)
    }
}

/// An argument that leaves the call's future `Send`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` would make the call not `Send`",
    label = "cannot be used from another thread",
    note = "a call must be able to run on any thread: use an owned or thread-safe type, such as `Arc` for `Rc`"
)]
pub trait SendArgument {}

#[diagnostic::do_not_recommend]
impl<T: Send> SendArgument for T {}
