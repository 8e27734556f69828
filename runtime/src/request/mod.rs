//! Writes the arguments of a call as a request. This module does not depend on the client or on the
//! response.

mod api_version;
pub(crate) mod argument;
pub(crate) mod body;
pub(crate) mod header_argument;
pub(crate) mod headers;
pub(crate) mod link;
pub(crate) mod location;
mod path;
pub(crate) mod query;
pub(crate) mod query_argument;
pub(crate) mod range;
pub(crate) mod target;
pub(crate) mod value;
pub(crate) mod value_format;

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use self::argument::Argument;
use self::body::Body;
use self::link::Link;
use self::location::Location;
use self::range::ByteRange;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::headers::X_MS_HOST;
use crate::model::with_needed_version;
use crate::operation::{Operation, RequestIdForm};
use crate::repeatability::{BodyIds, with_body_ids};

/// The data that a request takes from its client.
#[derive(Clone, Copy)]
pub(crate) struct RequestContext<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) api_version: &'a str,
    /// The only api-version that the caller accepts.
    pub(crate) pinned_api_version: Option<&'a str>,
    /// The caller's headers.
    pub(crate) headers: Option<&'a HeaderMap>,
}

/// The parts of a request that every attempt repeats.
#[derive(Clone)]
pub(crate) struct RequestParts {
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// The repeatability ids inside the body, if the operation has them there.
    pub(crate) body_ids: Option<BodyIds>,
    /// The destination of the request, if it is not the client's endpoint. Few calls have one: it
    /// is boxed to keep the others small.
    destination: Option<Box<Destination>>,
}

/// A destination that a response contained.
#[derive(Clone)]
struct Destination {
    endpoint: Endpoint,
    /// The hosts of the service that a redirect may lead to; if empty, no redirect is followed.
    redirect_hosts: &'static [&'static str],
}

impl RequestParts {
    /// Writes the request of a declared operation.
    pub(crate) fn new(
        context: RequestContext<'_>,
        operation: &Operation,
        arguments: &[Argument<'_>],
        body: Body<'_>,
    ) -> Result<Self> {
        Self::with_target(context, operation, arguments, body, |version| {
            target::write(context.endpoint.base_path(), version, operation, arguments)
        })
    }

    /// Writes the request of an operation at a URL on the client's own origin.
    pub(crate) fn at_own_url(
        context: RequestContext<'_>,
        operation: &Operation,
        url: &str,
        arguments: &[Argument<'_>],
        body: Body<'_>,
    ) -> Result<Self> {
        let own = Location::on_own_origin(context.endpoint, url)?;
        Self::with_target(context, operation, arguments, body, |version| {
            target::extend(own, version, arguments)
        })
    }

    fn with_target(
        context: RequestContext<'_>,
        operation: &Operation,
        arguments: &[Argument<'_>],
        body: Body<'_>,
        target: impl FnOnce(&str) -> Result<String>,
    ) -> Result<Self> {
        // The body is written first: its fields may require a later api-version in the target.
        let ((body, body_ids), needed) = with_needed_version(|| write_body(operation, body));
        let target = target(api_version::choose(context, operation, needed)?)?;
        let headers = headers::merge(arguments, context.headers)?;
        let parts = Self::without_body(target, headers);
        Ok(Self { body: body?, body_ids, ..parts })
    }

    /// Creates a request to the client's own endpoint.
    pub(crate) fn without_body(target: String, headers: HeaderMap) -> Self {
        Self { target, headers, body: None, body_ids: None, destination: None }
    }

    /// Creates a request to a link of a response.
    pub(crate) fn at_link(link: Link, headers: HeaderMap) -> Self {
        Self::without_body(link.target, headers).to(link.endpoint, &[])
    }

    fn to(self, endpoint: Option<Endpoint>, redirect_hosts: &'static [&'static str]) -> Self {
        let destination = endpoint.map(|endpoint| Destination { endpoint, redirect_hosts });
        Self { destination: destination.map(Box::new), ..self }
    }

    /// Returns the endpoint of the request, if it is not the client's own.
    pub(crate) fn endpoint_override(&self) -> Option<&Endpoint> {
        self.destination.as_ref().map(|destination| &destination.endpoint)
    }

    /// Returns the hosts of the service that a redirect may lead to.
    pub(crate) fn redirect_hosts(&self) -> &'static [&'static str] {
        self.destination.as_ref().map_or(&[], |destination| destination.redirect_hosts)
    }

    /// Writes the request of an operation at a URL that the service returned.
    pub(crate) fn at(
        context: RequestContext<'_>,
        location: Location,
        hosts: &'static [&'static str],
        range: ByteRange,
    ) -> Result<Self> {
        let mut headers = context.headers.cloned().unwrap_or_default();
        // A client behind a gateway sets the header itself.
        if !headers.contains_key(X_MS_HOST) {
            let resource = HeaderValue::try_from(context.endpoint.authority());
            headers.insert(X_MS_HOST, resource.expect("a parsed authority is visible ASCII"));
        }
        headers.extend(range.header()?);
        let Location { endpoint, target } = location;
        Ok(Self::without_body(target, headers).to(Some(endpoint), hosts))
    }

    /// Whether an earlier call may have sent the ids in the body.
    pub(crate) fn resumes(&self) -> bool {
        self.body_ids.is_some_and(|ids| ids.may_be_used)
    }

    /// Moves the request to another URL.
    pub(crate) fn redirected(self, location: Location) -> Self {
        let Location { endpoint, target } = location;
        let hosts = self.redirect_hosts();
        Self { target, ..self }.to(Some(endpoint), hosts)
    }
}

fn write_body(operation: &Operation, body: Body<'_>) -> (Result<Option<Bytes>>, Option<BodyIds>) {
    match operation.request_id_form() {
        Some(RequestIdForm::Body) => with_body_ids(|| body.bytes()),
        _ => (body.bytes(), None),
    }
}

/// Omits the arguments, which identify people and calls.
impl fmt::Debug for RequestParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestParts")
    }
}
