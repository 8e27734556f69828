//! The request body, with the declared media type.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use super::argument::SendArgument;
use super::query::QueryWriter;
use super::query_argument::QueryArgument;
use crate::error::{Error, Result};

/// The capacity that holds most bodies without growing, in bytes.
const BODY_CAPACITY: usize = 512;

/// The argument that is the request body.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// No body.
    None,
    /// Any value that serde can serialise, with a JSON type.
    Json(&'a dyn JsonBody),
    /// Bytes or text, sent unchanged.
    Raw(&'a dyn RawBody),
    /// Parameters, as `application/x-www-form-urlencoded`.
    Form(&'a dyn QueryArgument),
}

/// Creates the body from an argument as JSON.
pub fn json<T: JsonBody + SendArgument>(value: &T) -> Body<'_> {
    Body::Json(value)
}

/// Creates the body from an argument as JSON, if there is one.
pub fn optional_json<T: JsonBody + SendArgument>(value: &Option<T>) -> Body<'_> {
    value.as_ref().map_or(Body::None, json)
}

/// Creates the body from an argument that is sent unchanged.
pub fn raw<T: RawBody>(value: &T) -> Body<'_> {
    Body::Raw(value)
}

/// Creates the body from an argument that is sent unchanged, if there is one.
pub fn optional_raw<T: RawBody>(value: &Option<T>) -> Body<'_> {
    value.as_ref().map_or(Body::None, raw)
}

/// Creates the body from an argument as a form.
pub fn form<T: FormBody + SendArgument>(value: &T) -> Body<'_> {
    Body::Form(value)
}

/// Creates the body from an argument as a form, if there is one.
pub fn optional_form<T: FormBody + SendArgument>(value: &Option<T>) -> Body<'_> {
    value.as_ref().map_or(Body::None, form)
}

/// Creates the body of an operation that has none.
pub fn no_body() -> Body<'static> {
    Body::None
}

impl Body<'_> {
    pub(super) fn bytes(self) -> Result<Option<Bytes>> {
        let value = match self {
            Self::Json(value) => value,
            Self::None => return Ok(None),
            Self::Raw(value) => return Ok(Some(value.to_bytes())),
            Self::Form(value) => return Ok(Some(form_bytes(value))),
        };
        let mut json = Vec::with_capacity(BODY_CAPACITY);
        let written = value.write_json(&mut json);
        written.map(|()| Some(json.into())).map_err(|error| {
            Error::argument("the request body cannot be written as JSON").with_source(error)
        })
    }
}

/// The pairs of a form are written like those of a query (WHATWG URL, section 5.1); a space may be
/// `%20` as well as `+`.
fn form_bytes(value: &dyn QueryArgument) -> Bytes {
    let mut pairs = String::with_capacity(BODY_CAPACITY);
    value.write_query("value", &mut QueryWriter::new(&mut pairs));
    Bytes::copy_from_slice(pairs.strip_prefix('&').unwrap_or_default().as_bytes())
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}

/// The JSON body: any value that serde can serialise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as the JSON body of an ACS operation",
    label = "not serialisable",
    note = "add `#[acs_model]` or `#[derive(serde::Serialize)]` to a type of your own; a value of another crate goes into such a struct, written by `#[serde(serialize_with = \"..\")]`"
)]
pub trait JsonBody {
    /// Appends the JSON text.
    fn write_json(&self, json: &mut Vec<u8>) -> serde_json::Result<()>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> JsonBody for T {
    fn write_json(&self, json: &mut Vec<u8>) -> serde_json::Result<()> {
        serde_json::to_writer(json, self)
    }
}

/// The body as a form: any type that can be written into the query.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a form",
    label = "not a struct of parameters",
    note = "declare the struct with `#[acs_model(query)]`, or pass a map, or the text of a form as `&str`"
)]
pub trait FormBody: QueryArgument {}

#[diagnostic::do_not_recommend]
impl<T: QueryArgument> FormBody for T {}

/// A body that is sent unchanged, with a media type that is not JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent under a media type that is not JSON",
    label = "neither bytes nor text",
    note = "pass `Bytes`, `&[u8]`, `Vec<u8>`, `&str` or `String`, which are sent as they are",
    note = "or state a JSON type: `#[body(content_type = \"application/json\")]`"
)]
pub trait RawBody {
    /// Returns the bytes of the body.
    fn to_bytes(&self) -> Bytes;
}

impl RawBody for Bytes {
    fn to_bytes(&self) -> Bytes {
        self.clone()
    }
}

impl<T: RawBody + ?Sized> RawBody for &T {
    fn to_bytes(&self) -> Bytes {
        (**self).to_bytes()
    }
}

impl<const N: usize> RawBody for [u8; N] {
    fn to_bytes(&self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

macro_rules! copied {
    ($($type:ty),*) => {$(
        impl RawBody for $type {
            fn to_bytes(&self) -> Bytes {
                Bytes::copy_from_slice(self.as_ref())
            }
        }
    )*};
}

copied!([u8], Vec<u8>, Box<[u8]>, Cow<'_, [u8]>);

macro_rules! text {
    ($($type:ty),*) => {$(
        impl RawBody for $type {
            fn to_bytes(&self) -> Bytes {
                Bytes::copy_from_slice(self.as_bytes())
            }
        }
    )*};
}

text!(str, String, Box<str>, Cow<'_, str>);
