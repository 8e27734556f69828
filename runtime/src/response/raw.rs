//! A success response before it is converted into the declared return type.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::{DeserializeOwned, Error as _};

use super::Output;
use super::raw_output::RawOutput;
use crate::client::Client;
use crate::client_request_id::ClientRequestId;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Operation;
use crate::sanitize::excerpt;
use crate::service_error::ServiceError;
use crate::transport::Body;

/// Whether the pipeline reads the response body, or the caller as it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    Buffered,
    Streaming,
}

/// Status, headers and body of a success response.
#[derive(Debug)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: ResponseBody,
    call: CallSummary,
}

/// The body of a success response.
#[derive(Debug)]
pub(crate) enum ResponseBody {
    /// The declaration returns `()`.
    Ignored,
    Buffered(Bytes),
    /// The body of a response that is not a success, but that the declaration accepts.
    OfOtherStatus(Bytes),
    Streaming {
        body: Body,
        /// The length that the response states.
        length: Option<u64>,
        stall_timeout: Duration,
    },
}

/// The call that a response belongs to, for errors that occur later.
#[derive(Clone, Debug)]
pub(crate) struct CallSummary {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) client_request_id: ClientRequestId,
    pub(crate) attempts: u32,
    /// The `Authorization` header of the request, which an error must not show.
    pub(crate) authorization: Option<HeaderValue>,
}

impl RawResponse {
    pub(crate) fn new(
        status: StatusCode,
        headers: HeaderMap,
        body: ResponseBody,
        call: CallSummary,
    ) -> Self {
        Self { status, headers, body, call }
    }

    pub(crate) fn authorized_with(mut self, authorization: Option<HeaderValue>) -> Self {
        self.call.authorization = authorization;
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.call.attempts
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn take_headers(&mut self) -> HeaderMap {
        std::mem::take(&mut self.headers)
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.call.operation
    }

    /// Reads the body as JSON. An empty body is read as `null`, for optional results.
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        let decoded = self.json().and_then(serde_json::from_str);
        decoded.map_err(|error| self.decode_error(&error))
    }

    /// The body as text: JSON that is not UTF-8 is invalid (RFC 8259, section 8.1). One check of
    /// the whole body is cheaper than one for each string.
    pub(crate) fn json(&self) -> serde_json::Result<&str> {
        match &self.body {
            ResponseBody::Buffered(body) if !body.is_empty() => {
                str::from_utf8(body).map_err(serde_json::Error::custom)
            }
            _ => Ok("null"),
        }
    }

    /// Returns the status as a number, for an enum by status.
    pub fn status_code(&self) -> u16 {
        self.status.as_u16()
    }

    /// Reads the body, whatever the status.
    pub fn decode_body<T: Output>(self) -> Result<T> {
        T::from_response(self.with_body())
    }

    /// Reads the body as bytes or text, whatever the status.
    pub fn decode_raw_body<T: RawOutput>(self) -> Result<T> {
        T::from_raw(self.with_body())
    }

    /// Converts the body of a status that is not a success into that of a success.
    fn with_body(mut self) -> Self {
        if let ResponseBody::OfOtherStatus(body) = &mut self.body {
            self.body = ResponseBody::Buffered(std::mem::take(body));
        }
        self
    }

    /// Returns the error for a status that the enum by status does not list.
    pub fn unexpected_status(&self) -> Error {
        let text = format!(
            "the operation was executed ({}), but no variant of its result has this status",
            self.status
        );
        self.error(ErrorKind::Decode, text)
    }

    /// Returns the body unchanged, or `None` if the status is not a success or there is no content.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.body {
            ResponseBody::Buffered(body) if self.status != StatusCode::NO_CONTENT => Some(body),
            _ => None,
        }
    }

    /// Whether the response states that its body is JSON; `None` if it states no content type.
    pub(crate) fn is_json(&self) -> Option<bool> {
        let content_type = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = content_type.split(';').next()?.trim().to_ascii_lowercase();
        Some(essence.ends_with("/json") || essence.ends_with("+json"))
    }

    /// The error for a result that cannot be read: the operation was executed.
    pub(crate) fn decode_error(&self, error: &serde_json::Error) -> Error {
        let text = match &self.body {
            ResponseBody::Buffered(body) if !body.is_empty() => format!(
                "the operation was executed ({}), but its result cannot be read: {}; the body begins {}",
                self.status,
                excerpt(error.to_string().as_bytes()),
                excerpt(body),
            ),
            ResponseBody::OfOtherStatus(_) => format!(
                "a {} response has no result; an operation with this status among its `success_codes` returns `Result<Option<T>>`",
                self.status
            ),
            _ => format!(
                "the operation was executed ({}), but its result is missing: the body is empty; an operation without a result returns `Result<()>`, one with an optional result `Result<Option<T>>`",
                self.status
            ),
        };
        self.error(ErrorKind::Decode, text)
    }

    pub(crate) fn error(&self, kind: ErrorKind, text: impl Into<String>) -> Error {
        let error = self.call.error(kind, text).with_response(self.status, &self.headers);
        self.call.redacted(error)
    }

    /// The error of an operation that has failed, as the body describes it.
    pub(crate) fn service_error(&self, text: &str) -> Error {
        let body = match &self.body {
            ResponseBody::Buffered(body) => &body[..],
            _ => &[],
        };
        let error = Error::executed(ErrorKind::Service, text)
            .in_call(self.call.operation)
            .after(self.call.attempts, &self.call.client_request_id)
            .with_response(self.status, &self.headers)
            .with_service_error(ServiceError::read(&self.headers, body));
        self.call.redacted(error)
    }

    pub(crate) fn into_body(self) -> (ResponseBody, CallSummary) {
        (self.body, self.call)
    }
}

impl CallSummary {
    /// The error of a call whose operation was executed.
    pub(crate) fn error(&self, kind: ErrorKind, text: impl Into<String>) -> Error {
        let error = Error::executed(kind, text).in_call(self.operation);
        self.redacted(error.after(self.attempts, &self.client_request_id))
    }

    fn redacted(&self, error: Error) -> Error {
        error.redacted(&self.client.secrets(self.authorization.as_ref()))
    }
}
