//! A span for each call and an event for each attempt that is retried, with OpenTelemetry's names
//! for HTTP clients.
//!
//! Source: <https://opentelemetry.io/docs/specs/semconv/http/http-spans/>. The path is recorded as
//! `url.template` only, since arguments identify people and calls.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Span, debug, info_span};

use crate::client_request_id::ClientRequestId;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::response::raw::RawResponse;

/// The span of a call.
pub(crate) fn span(
    operation: &Operation,
    endpoint: &Endpoint,
    client_request_id: ClientRequestId,
) -> Span {
    info_span!(
        "acs_rest.call",
        otel.kind = "client",
        otel.name = format_args!("{} {}", operation.method, operation.template()),
        http.request.method = operation.method.as_str(),
        url.template = operation.template(),
        server.address = endpoint.host(),
        server.port = endpoint.port(),
        az.client_request_id = client_request_id.to_string(),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    )
}

/// Records that an attempt failed and another follows.
pub(crate) fn retrying(error: &Error, attempts: u32, wait: Duration) {
    debug!(error.type = ?error.kind(), attempt = attempts, wait_ms = wait.as_millis() as u64, "retrying");
}

/// Records that the call has succeeded or failed.
pub(crate) fn ended(span: &Span, result: &Result<RawResponse>) {
    // The event belongs to this span, or to the caller's span if this one is filtered out.
    let _entered = span.enter();
    let (status, attempts) = match result {
        Ok(response) => (Some(response.status()), response.attempts()),
        Err(error) => (error.status(), error.attempts()),
    };
    let status = status.map(|status| status.as_u16());
    span.record("http.response.status_code", status);
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    match result {
        Ok(_) => {
            debug!(http.response.status_code = status, attempt = attempts, "answered");
        }
        Err(error) => {
            span.record("error.type", format!("{:?}", error.kind()));
            debug!(error.type = ?error.kind(), attempt = attempts, "failed");
        }
    }
}
