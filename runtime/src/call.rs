//! A call that has not been sent: an operation, its client and its arguments.

use crate::client::{Client, ClientOrDouble};
use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::operation::Operation;
use crate::request::argument::{Argument, UrlArgument};
use crate::request::body::Body;
use crate::request::link::Link;
use crate::request::location::Location;
use crate::request::range::ByteRange;
use crate::request::{RequestContext, RequestParts};
use crate::sanitize::escape_bounded;

/// A call with its arguments, which has not been sent yet.
#[derive(Debug)]
pub struct Call {
    pub(crate) operation: &'static Operation,
    /// The request, or the reason why it cannot be sent, which is reported when the call is
    /// awaited.
    pub(crate) prepared: Result<PreparedCall>,
}

/// The request of a call, and the client that sends it.
#[derive(Clone, Debug)]
pub(crate) struct PreparedCall {
    pub(crate) client: Client,
    pub(crate) request: RequestParts,
}

/// Creates a call of the declared operation.
pub fn call(
    client: ClientOrDouble,
    operation: &'static Operation,
    arguments: &[Argument<'_>],
    body: Body<'_>,
) -> Call {
    made(client, operation, |context| RequestParts::new(context, operation, arguments, body))
}

/// Creates a call of an operation at an absolute URL on the client's own origin, which an earlier
/// response contained.
pub fn call_url<U: UrlArgument>(
    client: ClientOrDouble,
    operation: &'static Operation,
    url: &U,
    arguments: &[Argument<'_>],
    body: Body<'_>,
) -> Call {
    let url = url.url_text();
    made(client, operation, |context| {
        RequestParts::at_own_url(context, operation, url, arguments, body)
    })
}

fn made(
    client: ClientOrDouble,
    operation: &'static Operation,
    write: impl FnOnce(RequestContext<'_>) -> Result<RequestParts>,
) -> Call {
    match client {
        Ok(client) => {
            let request = client.request_context().and_then(write);
            Call::new(client, operation, request)
        }
        Err(double) => Call { operation, prepared: Err(not_implemented(double, operation)) },
    }
}

/// Creates a call to `location`, an absolute URL that the service returned. Its host must be one of
/// `hosts`, in which a leading `*.` stands for any subdomain, or one added with
/// [`ClientBuilder::trusted_host`](crate::ClientBuilder::trusted_host). Redirects to these hosts
/// are followed.
///
/// The client's own endpoint is not exempt: a forged URL could name any operation there.
pub fn call_at(
    client: &Client,
    operation: &'static Operation,
    location: &str,
    hosts: &'static [&'static str],
    range: ByteRange,
) -> Call {
    let request = Location::parse(location)
        .and_then(|location| client.trusted_hosts().check(location, hosts))
        .and_then(|location| RequestParts::at(client.request_context()?, location, hosts, range));
    Call::new(client.clone(), operation, request)
}

impl Call {
    fn new(client: Client, operation: &'static Operation, request: Result<RequestParts>) -> Self {
        let prepared = match request {
            Ok(request) => Ok(PreparedCall { client, request }),
            Err(error) => Err(refused(error, &client, operation, false)),
        };
        Self { operation, prepared }
    }
}

impl PreparedCall {
    /// Creates the same call at a link of a response, with the headers of the caller and without a
    /// body.
    pub(crate) fn at_link(&self, link: Link) -> Self {
        let request = RequestParts::at_link(link, self.request.headers.clone());
        Self { client: self.client.clone(), request }
    }
}

/// Returns the error of a call that cannot be sent. Nothing was sent, except by a call that it
/// resumes.
pub(crate) fn refused(
    error: Error,
    client: &Client,
    operation: &Operation,
    resumes: bool,
) -> Error {
    let error = error.in_call(operation);
    match resumes || client.options().repeatability.is_some() {
        true => error.with_outcome(Outcome::Unknown),
        false => error,
    }
}

fn not_implemented(double: &str, operation: &Operation) -> Error {
    let (double, name) = (escape_bounded(double), operation.name);
    let text = format!(
        "`{double}` does not implement `{name}`; a test that calls it needs a double with this method"
    );
    Error::new(ErrorKind::NotImplemented, text).in_call(operation)
}
