//! The state that all attempts of a call share.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use time::OffsetDateTime;
use tokio::time::Instant;

use crate::client::{Client, ClientInner};
use crate::client_request_id::ClientRequestId;
use crate::deadline::deadline_after;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::operation::{DeclaredRetrySafety, Operation, RequestIdForm};
use crate::repeatability::{Repeatability, is_accepted};
use crate::request::RequestParts;
use crate::request::location::Location;
use crate::response::raw::ResponseMode;
use crate::retry::RetrySafety;

/// The longest timeout of a repeatable call.
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
    /// Starts a call: creates its ids and sets its deadline.
    pub(crate) fn start(
        client: &'a Client,
        operation: &'static Operation,
        request: &'a RequestParts,
        mode: ResponseMode,
        started: Instant,
    ) -> Result<Self> {
        let inner = client.inner();
        let repeatability = repeatability(client, operation)?;
        let timeout = timeout(client, operation)?;
        let limited = match first_sent(client, request) {
            _ if operation.request_id_form().is_none() => timeout,
            None => timeout.min(MAX_REPEATABLE_TIMEOUT),
            Some(date) => timeout.min(MAX_REPEATABLE_TIMEOUT).min(window_left(date, inner)?),
        };
        Ok(Self {
            client,
            operation,
            request,
            mode,
            repeatability,
            client_request_id: ClientRequestId::random(&*inner.random_source),
            started,
            deadline: deadline_after(started, limited),
            is_window_deadline: limited < timeout,
        })
    }

    /// Returns what a second execution of this call would do, as far as it is known yet.
    pub(crate) fn retry_safety(&self) -> RetrySafety {
        let is_idempotent = match self.operation.retry_safety {
            _ if self.is_recognised() => return RetrySafety::Recognised,
            DeclaredRetrySafety::Idempotent => true,
            DeclaredRetrySafety::IdempotentWith(header) => {
                self.request.headers.contains_key(header)
            }
            DeclaredRetrySafety::ByMethod | DeclaredRetrySafety::Repeatable(_) => false,
        };
        match is_idempotent || self.operation.method.is_idempotent() {
            true => RetrySafety::Idempotent,
            false => RetrySafety::Unsafe,
        }
    }

    /// Whether the service recognises a repeated request of this call.
    fn is_recognised(&self) -> bool {
        let Some(form) = self.operation.request_id_form() else {
            return false;
        };
        let has_id = form != RequestIdForm::Body || self.request.body_ids.is_some();
        has_id
            && self.client.trusts_repeatability().unwrap_or_else(|| {
                let supported = &self.client.inner().supported_operations;
                form != RequestIdForm::UnconfirmedHeaders || supported.contains(self.operation)
            })
    }

    /// Records what a response shows about an operation whose support is unconfirmed. An error
    /// response shows nothing unless it accepts the id.
    pub(super) fn record_support(&self, status: StatusCode, headers: &HeaderMap) {
        if self.operation.request_id_form() != Some(RequestIdForm::UnconfirmedHeaders) {
            return;
        }
        let is_accepted = is_accepted(headers);
        if is_accepted || status.is_success() {
            self.client.inner().supported_operations.record(self.operation, is_accepted);
        }
    }

    /// Whether an earlier call may have executed this one.
    pub(crate) fn resumes(&self) -> bool {
        self.client.options().repeatability.is_some() || self.request.resumes()
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        self.request.endpoint_override().unwrap_or(self.client.endpoint())
    }

    /// Returns the redirect target of the failed call, or the error if the redirect is not
    /// followed.
    pub(crate) fn redirect(&self, error: Error) -> Result<Location> {
        let hosts = self.request.redirect_hosts();
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
        Duration::ZERO => Err(Error::argument("the timeout is zero; set a longer one")),
        timeout => Ok(timeout),
    }
}

/// The pair that goes into the headers.
fn repeatability(client: &Client, operation: &Operation) -> Result<Option<Repeatability>> {
    let (inner, given) = (client.inner(), client.options().repeatability.as_ref());
    match (operation.request_id_form(), given) {
        (None, None) | (Some(RequestIdForm::Body), None) => Ok(None),
        (None, Some(_)) => Err(Error::argument(
            "`CallOptions::repeatability` needs an operation declared `repeatable`",
        )),
        (Some(RequestIdForm::Body), Some(_)) => Err(Error::argument(
            "`CallOptions::repeatability` sets headers, and this operation carries its ids in the body; put the `Repeatability` into the body",
        )),
        (Some(_), Some(pair)) => Ok(Some(pair.clone())),
        (Some(_), None) => {
            Ok(Some(Repeatability::made_of(&*inner.time_source, &*inner.random_source)))
        }
    }
}

/// When the caller's own pair was first sent.
fn first_sent(client: &Client, request: &RequestParts) -> Option<OffsetDateTime> {
    let in_body = || OffsetDateTime::from_unix_timestamp(request.body_ids?.first_sent).ok();
    client.options().repeatability.as_ref().map(Repeatability::first_sent).or_else(in_body)
}

/// Returns how long the service still recognises a pair that the caller provided.
fn window_left(first_sent: OffsetDateTime, client: &ClientInner) -> Result<Duration> {
    let age = client.time_source.now() - first_sent;
    match Duration::try_from(REPEATABILITY_WINDOW - age) {
        Ok(left) if !left.is_zero() => Ok(left),
        _ => Err(Error::argument(format!(
            "the `Repeatability` was first sent {} s ago, and the service recognises it for 300 s only; sent again, it could execute the operation a second time",
            age.whole_seconds(),
        ))),
    }
}
