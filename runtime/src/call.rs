//! A call: an operation, its client and its arguments, not yet sent.

use crate::client::Client;
use crate::error::Result;
use crate::operation::Operation;
use crate::request::RequestParts;
use crate::request::argument::{Argument, UrlArgument};
use crate::request::body::Body;
use crate::request::location::Location;
use crate::request::range::ByteRange;

/// A call with its arguments, not yet sent.
#[derive(Debug)]
pub struct Call {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    /// What to send, or why an argument cannot be sent: reported when the call is awaited.
    pub(crate) request: Result<RequestParts>,
}

/// Makes a call of the declared operation.
pub fn call(
    client: &Client,
    operation: &'static Operation,
    arguments: &[Argument<'_>],
    body: Body<'_>,
) -> Call {
    let request = client
        .request_context()
        .and_then(|context| RequestParts::new(context, operation, arguments, body));
    Call { client: client.clone(), operation, request }
}

/// Makes a call of an operation at an absolute URL on the client's own origin, which a response had.
pub fn call_url<U: UrlArgument>(
    client: &Client,
    operation: &'static Operation,
    url: &U,
    arguments: &[Argument<'_>],
    body: Body<'_>,
) -> Call {
    let url = url.url_text();
    let request = client
        .request_context()
        .and_then(|context| RequestParts::at_own_url(context, operation, url, arguments, body));
    Call { client: client.clone(), operation, request }
}

/// Makes a call to `location`, an absolute URL that the service returned. Its host must be one of
/// `hosts`, in which a leading `*.` stands for any subdomain, or one that
/// [`ClientBuilder::trusted_host`](crate::ClientBuilder::trusted_host) was given. A redirect is
/// followed to these hosts too.
///
/// The client's own endpoint is not an exception: there, a forged URL could name any operation.
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
    Call { client: client.clone(), operation, request }
}

impl Call {
    /// The same operation with another target and without a body: a later page of a list.
    pub(crate) fn with_target(&self, target: String) -> Self {
        let headers = self.request.as_ref().map(|parts| parts.headers.clone()).unwrap_or_default();
        let request = Ok(RequestParts::without_body(target, headers));
        Self { client: self.client.clone(), operation: self.operation, request }
    }
}
