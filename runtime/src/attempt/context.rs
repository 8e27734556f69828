//! What stays the same at each attempt of a call.

use std::time::Duration;

use tokio::time::Instant;

use crate::client::{Client, ClientInner};
use crate::client_request_id::ClientRequestId;
use crate::deadline::deadline_after;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::repeatability::Repeatability;
use crate::request::RequestParts;
use crate::request::location::Location;
use crate::response::raw::ResponseMode;

/// The longest time of a repeatable call.
const MAX_REPEATABLE_TIMEOUT: Duration = Duration::from_secs(240);
/// How long after its first-sent date a repeatability pair is used: the service recognises it for
/// 300 s, and its clock may differ.
const REPEATABILITY_WINDOW: time::Duration = time::Duration::seconds(270);

/// One call, from its first attempt to its last.
pub(crate) struct CallContext<'a> {
    pub(crate) client: &'a Client,
    pub(crate) operation: &'static Operation,
    pub(super) request: &'a RequestParts,
    pub(super) mode: ResponseMode,
    pub(super) repeatability: Option<Repeatability>,
    pub(crate) client_request_id: ClientRequestId,
    pub(crate) started: Instant,
    pub(crate) deadline: Instant,
    /// The deadline is the end of the repeatability window, and not the timeout that was set.
    pub(crate) is_window_deadline: bool,
}

impl<'a> CallContext<'a> {
    /// Starts a call: makes its ids and sets its deadline.
    pub(crate) fn start(
        client: &'a Client,
        operation: &'static Operation,
        request: &'a RequestParts,
        mode: ResponseMode,
        started: Instant,
    ) -> Result<Self> {
        let (inner, given) = (client.inner(), client.options().repeatability.as_ref());
        if given.is_some() && !operation.is_repeatable() {
            return Err(Error::argument(
                "`CallOptions::repeatability` needs an operation declared `repeatable`",
            ));
        }
        let timeout = timeout(client, operation)?;
        let limited = match given {
            _ if !operation.is_repeatable() => timeout,
            None => timeout.min(MAX_REPEATABLE_TIMEOUT),
            Some(pair) => timeout.min(MAX_REPEATABLE_TIMEOUT).min(window_left(pair, inner)?),
        };
        let make_pair = || Repeatability::made_of(&*inner.time_source, &*inner.random_source);
        Ok(Self {
            client,
            operation,
            request,
            mode,
            repeatability: operation
                .is_repeatable()
                .then(|| given.cloned().unwrap_or_else(make_pair)),
            client_request_id: ClientRequestId::random(&*inner.random_source),
            started,
            deadline: deadline_after(started, limited),
            is_window_deadline: limited < timeout,
        })
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        self.request.endpoint_override.as_ref().unwrap_or(self.client.endpoint())
    }

    /// Where the failed call is redirected to, if it may follow; else the error.
    pub(crate) fn redirect(&self, error: Error) -> Result<Location> {
        let hosts = self.request.redirect_hosts;
        let Some(location) = error.location().filter(|_| !hosts.is_empty()) else {
            return Err(error);
        };
        let trusted = Location::of_redirect(self.endpoint(), location)
            .and_then(|location| self.client.trusted_hosts().check(location, hosts));
        trusted.map_err(|refused| error.with_note(refused.message()))
    }
}

/// The timeout of the whole call.
fn timeout(client: &Client, operation: &Operation) -> Result<Duration> {
    let own = client.options().timeout.or(operation.timeout);
    match own.unwrap_or(client.inner().timeout) {
        Duration::ZERO => Err(Error::argument("the timeout is zero; give the call some time")),
        timeout => Ok(timeout),
    }
}

/// The time for which the service still recognises a pair that the caller gave.
fn window_left(pair: &Repeatability, client: &ClientInner) -> Result<Duration> {
    let age = client.time_source.now() - pair.first_sent();
    match Duration::try_from(REPEATABILITY_WINDOW - age) {
        Ok(left) if !left.is_zero() => Ok(left),
        _ => Err(Error::argument(format!(
            "the `Repeatability` was first sent {} s ago, and the service recognises it for 300 s only; sent again, it could execute the operation a second time",
            age.whole_seconds(),
        ))),
    }
}
