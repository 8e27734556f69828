//! A call's arguments → what goes on the wire. Pure: nothing is sent here.

pub(crate) mod argument;
pub(crate) mod header_value;
pub(crate) mod headers;
mod json;
pub(crate) mod link;
pub(crate) mod location;
mod path;
mod query;
pub(crate) mod range;
pub(crate) mod value;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use self::argument::{Argument, Body};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::operation::Operation;

/// The longest request target, in bytes. HTTP libraries have limits of their own above it.
pub(crate) const TARGET_LIMIT: usize = 32 * 1024;

/// Most targets fit in that many bytes, and so are written without moving once.
const USUAL_TARGET: usize = 192;

/// A call of an operation that has its arguments and was not yet sent.
#[derive(Debug)]
pub struct Call {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    /// What to send, or the argument that cannot be sent.
    pub(crate) parts: Result<Parts>,
}

/// What stays the same at each try.
pub(crate) struct Parts {
    pub(crate) target: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Bytes>,
    /// Where it goes, if not to the client's endpoint.
    pub(crate) elsewhere: Option<Endpoint>,
}

/// Puts a call together; an argument that cannot be sent is reported when it is awaited.
pub fn call(
    client: &Client,
    operation: &'static Operation,
    arguments: &[Argument<'_>],
    body: Body<'_>,
) -> Call {
    let parts = Parts::new(client, operation, arguments, body);
    Call { client: client.clone(), operation, parts }
}

impl Parts {
    fn new(
        client: &Client,
        operation: &Operation,
        arguments: &[Argument<'_>],
        body: Body<'_>,
    ) -> Result<Self> {
        let target = target(client, operation, arguments)?;
        let mut headers = client.options().headers()?.to_vec();
        for argument in arguments {
            let Argument::Header(name, value) = argument else {
                continue;
            };
            for text in value.header_texts().as_slice() {
                headers.push(headers::field(name, text)?);
            }
        }
        Ok(Self { target, headers, body: body.bytes()?, elsewhere: None })
    }
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Parts")
    }
}

fn target(client: &Client, operation: &Operation, arguments: &[Argument<'_>]) -> Result<String> {
    let base = client.endpoint().base_path();
    let mut target = String::with_capacity(base.len() + USUAL_TARGET);
    target.push_str(base);
    let path_arguments = arguments.iter().filter_map(|argument| match argument {
        Argument::Path(value) => Some(value.path_text()),
        _ => None,
    });
    path::write(&mut target, operation.path, path_arguments)?;
    query::write(&mut target, operation.api_version.unwrap_or(client.api_version()), arguments);
    if target.len() > TARGET_LIMIT {
        return Err(Error::argument("the arguments make a URL of more than 32 KiB; shorten them"));
    }
    Ok(target)
}
