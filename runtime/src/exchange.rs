//! What stays the same at each try of a call, and the request that each makes of it.

use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;

use crate::client::{Client, Shared};
use crate::client_request_id::{CLIENT_REQUEST_ID, ClientRequestId};
use crate::credential::{Generation, Signer};
use crate::deadline::later;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::repeatability::Repeatability;
use crate::request::Parts;
use crate::transport::Request;

/// A repeatable call ends before the service forgets its id (5 minutes).
const REPEATABLE_LIMIT: Duration = Duration::from_secs(240);

const RETURN_CLIENT_REQUEST_ID: HeaderName =
    HeaderName::from_static("x-ms-return-client-request-id");
const TRUE: HeaderValue = HeaderValue::from_static("true");
const REQUEST_ID: HeaderName = HeaderName::from_static("repeatability-request-id");
const FIRST_SENT: HeaderName = HeaderName::from_static("repeatability-first-sent");

/// Whether the answer's body is read by the pipeline, or by the caller as it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    Whole,
    Streamed,
}

/// What stays the same at each try.
pub(crate) struct Exchange<'a> {
    pub(crate) client: &'a Shared,
    pub(crate) operation: &'static Operation,
    parts: &'a Parts,
    pub(crate) read: Read,
    pub(crate) client_request_id: ClientRequestId,
    repeatability: Option<Repeatability>,
    /// The caller gave the pair: an earlier process may have sent it.
    pub(crate) resumed: bool,
    pub(crate) begun: Instant,
    pub(crate) deadline: Instant,
}

impl<'a> Exchange<'a> {
    /// Once a call: ids, dates and the deadline.
    pub(crate) fn begin(
        client: &'a Client,
        operation: &'static Operation,
        parts: &'a Parts,
        read: Read,
    ) -> Result<Self> {
        let (shared, options) = (client.shared(), client.options());
        let given = options.repeatability.as_ref();
        if given.is_some() && !operation.is_repeatable() {
            return Err(Error::argument(
                "the operation is not declared `repeatable`, so that it cannot be called with a `Repeatability`",
            ));
        }
        let repeatability = operation.is_repeatable().then(|| match given {
            Some(pair) => pair.clone(),
            None => Repeatability::made_by(&*shared.clock),
        });
        let timeout = timeout(client, operation)?;
        let begun = Instant::now();
        Ok(Self {
            client: shared,
            operation,
            parts,
            read,
            client_request_id: ClientRequestId::made_by(&*shared.clock),
            repeatability,
            resumed: given.is_some(),
            begun,
            deadline: later(begun, timeout),
        })
    }

    pub(crate) fn signed(&self, signer: Signer<'_>) -> (Request<'_>, Generation) {
        let mut request = self.request();
        let generation = signer.sign(&mut request, &*self.client.clock);
        (request, generation)
    }

    /// The request, made anew for each try from what stays the same.
    fn request(&self) -> Request<'_> {
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(ACCEPT, self.accept());
        headers.insert(USER_AGENT, self.client.user_agent.clone());
        headers.insert(CLIENT_REQUEST_ID, self.client_request_id.header_value());
        headers.insert(RETURN_CLIENT_REQUEST_ID, TRUE);
        if let Some(pair) = &self.repeatability {
            let [request_id, first_sent] = pair.header_values();
            headers.insert(REQUEST_ID, request_id);
            headers.insert(FIRST_SENT, first_sent);
        }
        for (name, value) in &self.parts.headers {
            headers.append(name.clone(), value.clone());
        }
        if self.parts.body.is_some() {
            headers.insert(CONTENT_TYPE, self.operation.body_type());
        }
        Request {
            method: self.operation.method.clone(),
            endpoint: self.endpoint(),
            target: &self.parts.target,
            headers,
            body: self.parts.body.clone().unwrap_or_default(),
        }
    }

    fn accept(&self) -> HeaderValue {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");
        const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");
        match self.read {
            // Of the storage hosts, Microsoft's SDKs ask for JSON too, whatever comes.
            Read::Streamed if self.parts.elsewhere.is_none() => ANYTHING,
            _ => JSON,
        }
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        self.parts.elsewhere.as_ref().unwrap_or(&self.client.endpoint)
    }
}

/// How long the whole call may take.
fn timeout(client: &Client, operation: &Operation) -> Result<Duration> {
    let own = client.options().timeout.or(operation.timeout);
    let timeout = own.unwrap_or(client.shared().timeout);
    if timeout.is_zero() {
        return Err(Error::argument("the timeout is zero; give the call some time"));
    }
    Ok(match operation.is_repeatable() {
        true => timeout.min(REPEATABLE_LIMIT),
        false => timeout,
    })
}
