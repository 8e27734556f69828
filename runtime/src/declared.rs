//! What generated code hands over: the arguments as they are, to be read by code that is compiled
//! once. Nothing here owns anything, so that an operation has nothing to drop.

use std::fmt;

use crate::client::Client;
use crate::operation::Operation;
use crate::request::argument::{
    Argument, HeaderArgument, JsonBody, PathArgument, Payload, QueryArgument, SendArgument, Texts,
};
use crate::request::{self, Call};

/// So many arguments are read without an allocation.
const ROOM: usize = 6;

/// One argument of a call, not yet read.
pub enum Given<'a> {
    /// Fills the next placeholder of the path.
    Path(&'a dyn PathArgument),
    /// A query parameter.
    Query(&'static str, &'a dyn QueryArgument),
    /// A request header.
    Header(&'static str, &'a dyn HeaderArgument),
}

/// The request body, not yet serialised.
pub enum Body<'a> {
    /// No body.
    None,
    /// Any value of serde.
    Json(&'a dyn JsonBody),
}

/// Puts a call together; an argument that cannot be sent is reported when it is awaited.
pub fn call(
    client: &Client,
    operation: &'static Operation,
    given: &[Given<'_>],
    body: Body<'_>,
) -> Call {
    let payload = body.read();
    let mut room = [const { Argument::Header("", Texts::None) }; ROOM];
    let Some(arguments) = room.get_mut(..given.len()) else {
        let arguments: Vec<_> = given.iter().map(Given::read).collect();
        return request::call(client, operation, &arguments, payload);
    };
    for (argument, given) in arguments.iter_mut().zip(given) {
        *argument = given.read();
    }
    request::call(client, operation, arguments, payload)
}

/// The argument for the next placeholder.
pub fn path<T: PathArgument + SendArgument>(value: &T) -> Given<'_> {
    Given::Path(value)
}

/// The argument for the query parameter `name`.
pub fn query<'a, T: QueryArgument + SendArgument>(name: &'static str, value: &'a T) -> Given<'a> {
    Given::Query(name, value)
}

/// The argument for the header `name`.
pub fn header<'a, T: HeaderArgument + SendArgument>(name: &'static str, value: &'a T) -> Given<'a> {
    Given::Header(name, value)
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

impl<'a> Given<'a> {
    fn read(&self) -> Argument<'a> {
        match *self {
            Self::Path(value) => Argument::Path(value.path_text()),
            Self::Query(name, value) => Argument::Query(name, value.query_texts()),
            Self::Header(name, value) => Argument::Header(name, value.header_texts()),
        }
    }
}

impl Body<'_> {
    fn read(&self) -> Payload {
        let Self::Json(value) = self else {
            return Payload::None;
        };
        // As much as `serde_json::to_vec` begins with.
        let mut json = Vec::with_capacity(128);
        Payload::Json(value.write_json(&mut json).map(|()| json))
    }
}

/// Arguments can be secret.
impl fmt::Debug for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Given")
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}
