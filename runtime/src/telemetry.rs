//! One span a call and one event a try, named as OpenTelemetry names HTTP clients.
//!
//! Source: <https://opentelemetry.io/docs/specs/semconv/http/http-spans/>. The path appears as
//! `url.template` only: arguments identify people and calls.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Span, debug, info_span};

use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Operation;

/// The span of a call.
pub(crate) fn span(operation: &Operation, endpoint: &Endpoint, client_request_id: &str) -> Span {
    info_span!(
        "acs_rest.call",
        otel.kind = "client",
        otel.name = format_args!("{} {}", operation.method, operation.template),
        http.request.method = operation.method.as_str(),
        url.template = operation.template,
        server.address = endpoint.host(),
        server.port = endpoint.port(),
        az.client_request_id = client_request_id,
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    )
}

/// A try got its answer.
pub(crate) fn answered(status: u16, attempts: u32) {
    let span = Span::current();
    span.record("http.response.status_code", status);
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    debug!(http.response.status_code = status, attempt = attempts, "answered");
}

/// A try failed and another follows.
pub(crate) fn retrying(error: &Error, attempts: u32, wait: Duration) {
    debug!(error.type = ?error.kind(), attempt = attempts, wait_ms = wait.as_millis() as u64, "trying again");
}

/// The call failed.
pub(crate) fn failed(error: &Error) {
    let span = Span::current();
    if let Some(status) = error.status() {
        span.record("http.response.status_code", status.as_u16());
    }
    if error.attempts() > 1 {
        span.record("http.request.resend_count", error.attempts() - 1);
    }
    span.record("error.type", format_args!("{:?}", error.kind()).to_string());
    debug!(error.type = ?error.kind(), attempt = error.attempts(), "failed");
}
