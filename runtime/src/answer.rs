//! A success answer, on its way to becoming the value that the declaration names.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, Error as _};

use crate::client_request_id::ClientRequestId;
use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::operation::Operation;
use crate::text::{excerpt, shown};
use crate::transport::Body;

/// Status, headers and body of a success answer.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    content: Content,
    context: Context,
}

/// What the answer carries.
#[derive(Debug)]
pub(crate) enum Content {
    /// The declaration returns `()`.
    Ignored,
    Whole(Bytes),
    Streamed {
        body: Body,
        stall_timeout: Duration,
    },
}

/// Which call it answers, for an error that comes later.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) operation: &'static Operation,
    pub(crate) client_request_id: ClientRequestId,
    pub(crate) attempts: u32,
}

impl Answer {
    pub(crate) fn new(
        status: StatusCode,
        headers: HeaderMap,
        content: Content,
        context: Context,
    ) -> Self {
        Self { status, headers, content, context }
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.context.attempts
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn take_headers(&mut self) -> HeaderMap {
        std::mem::take(&mut self.headers)
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.context.operation
    }

    /// Reads the body as JSON. No body reads as `null`, so that an optional result can be absent.
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        let decoded = self.json().and_then(serde_json::from_str);
        decoded.map_err(|error| self.undecodable(&error))
    }

    /// Text that is not UTF-8 is no JSON (RFC 8259, section 8.1). Checked here as a whole, it need
    /// not be checked string by string.
    pub(crate) fn json(&self) -> serde_json::Result<&str> {
        match &self.content {
            Content::Whole(body) if !body.is_empty() => {
                str::from_utf8(body).map_err(serde_json::Error::custom)
            }
            _ => Ok("null"),
        }
    }

    /// The operation was carried out; what it gave cannot be read.
    pub(crate) fn undecodable(&self, error: &serde_json::Error) -> Error {
        let text = match &self.content {
            Content::Whole(body) if !body.is_empty() => format!(
                "the operation was carried out ({}), but its result cannot be read: {}; the body begins {}",
                self.status,
                excerpt(error.to_string().as_bytes()),
                excerpt(body),
            ),
            _ => format!(
                "the operation was carried out ({}), but its result is missing: the body is empty",
                self.status
            ),
        };
        self.error(ErrorKind::Decode, text)
    }

    pub(crate) fn error(&self, kind: ErrorKind, text: impl Into<String>) -> Error {
        self.context.error(kind, text).with_answer(self.status, request_id(&self.headers))
    }

    /// The body as it arrives, how long it may stall, and what to name in its errors.
    pub(crate) fn into_stream(self) -> (Body, Duration, Context) {
        match self.content {
            Content::Streamed { body, stall_timeout } => (body, stall_timeout, self.context),
            Content::Whole(bytes) => (Body::from(bytes), Duration::MAX, self.context),
            Content::Ignored => (Body::default(), Duration::MAX, self.context),
        }
    }
}

impl Context {
    /// An error of a call that was carried out.
    pub(crate) fn error(&self, kind: ErrorKind, text: impl Into<String>) -> Error {
        Error::new(kind, text)
            .with_outcome(Outcome::Executed)
            .in_call(self.operation)
            .after(self.attempts, self.client_request_id)
    }
}

/// How long the answer says its body is.
pub(crate) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The service's own id of a request; the front door's, if it got no further.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    let id =
        ["x-ms-request-id", "ms-cv", "x-azure-ref"].into_iter().find_map(|name| headers.get(name));
    id.map(|id| shown(&String::from_utf8_lossy(id.as_bytes())))
}
