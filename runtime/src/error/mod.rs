//! The error of a call, which reports whether the service executed the operation nevertheless.

mod kind;
mod outcome;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::header::{COOKIE, PROXY_AUTHENTICATE, SET_COOKIE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};

pub use self::kind::ErrorKind;
pub use self::outcome::Outcome;
use crate::operation::Operation;
use crate::sanitize::{Secrets, escape_bounded};
use crate::service_error::ServiceError;

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The number of response headers that an error keeps, and the longest value in bytes.
const HEADER_LIMITS: (usize, usize) = (64, 2 * 1024);

/// The error of a call that failed.
///
/// [`kind`](Self::kind) reports what failed; [`outcome`](Self::outcome) reports whether the service
/// executed the operation. The text is truncated, has control characters escaped and contains no
/// secret of the client.
///
/// ```
/// use acs_rest::{Error, ErrorKind, Outcome};
///
/// fn needs_support(error: &Error) -> bool {
///     error.kind() == ErrorKind::Service && error.outcome() == Outcome::Unknown
/// }
/// ```
///
/// A test double can create any error:
///
/// ```
/// use acs_rest::http::StatusCode;
/// use acs_rest::{Error, ErrorKind, Outcome};
///
/// let conflict = Error::new(ErrorKind::Service, "a recording is running")
///     .with_status(StatusCode::CONFLICT)
///     .with_code("8553")
///     .with_outcome(Outcome::NotExecuted);
/// assert_eq!(conflict.code(), Some("8553"));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    text: String,
    outcome: Outcome,
    /// `POST /path/<placeholder>`, once it is known.
    call: Option<String>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    service_error: Option<ServiceError>,
    /// The full redirect target of the response.
    location: Option<String>,
    client_request_id: Option<String>,
    attempts: u32,
    retry_after: Option<Duration>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Creates an error with the usual outcome of its kind. [`with_outcome`](Self::with_outcome)
    /// sets another one.
    #[must_use]
    pub fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            text: text.into(),
            outcome: kind.usual_outcome(),
            call: None,
            status: None,
            headers: HeaderMap::new(),
            service_error: None,
            location: None,
            client_request_id: None,
            attempts: 0,
            retry_after: None,
            source: None,
        }))
    }

    /// Sets the status of the response.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Sets the error code of the service.
    #[must_use]
    pub fn with_code(self, code: impl Into<String>) -> Self {
        let service_error = ServiceError::with_code(code.into());
        self.with_service_error(service_error)
    }

    /// Sets whether the service executed the operation.
    #[must_use]
    pub fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    /// Sets the delay that the service asked for.
    #[must_use]
    pub fn with_retry_after(mut self, delay: impl Into<Option<Duration>>) -> Self {
        self.0.retry_after = delay.into();
        self
    }

    /// Sets the error that caused this one.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Returns the kind of the error: what failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns whether the service executed the operation, over all attempts of the call.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// Returns the status of the last response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the headers of the last response: at most 64, and at most 2 KiB of each. The values
    /// of cookies and authentication challenges are replaced by `[redacted]`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the error code of the service, such as `8522`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.service_error().and_then(ServiceError::code)
    }

    /// Returns the message of the service, or the client's own text.
    #[must_use]
    pub fn message(&self) -> &str {
        self.service_error().and_then(ServiceError::message).unwrap_or(&self.0.text)
    }

    /// Returns the service's description of the error: code, message, target, details and inner
    /// error.
    #[must_use]
    pub fn service_error(&self) -> Option<&ServiceError> {
        self.0.service_error.as_ref()
    }

    /// Returns the id that the service assigned to the request (`x-ms-request-id`, `MS-CV` or
    /// `X-Azure-Ref`). Include it in a support request to Microsoft.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        ["x-ms-request-id", "ms-cv", "x-azure-ref"].into_iter().find_map(|name| self.header(name))
    }

    /// Returns the correlation id of the ACS call that the operation refers to
    /// (`X-Microsoft-Skype-Chain-ID`). Events contain it as `correlationId`.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.header("x-microsoft-skype-chain-id")
    }

    /// Returns the id that the client assigned to the method call (`x-ms-client-request-id`).
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        self.0.client_request_id.as_deref()
    }

    /// Returns the number of requests that were sent for the method call.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the delay that the service asked for before the next attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn argument(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Argument, text)
    }

    pub(crate) fn configuration(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, text)
    }

    /// An error of a call whose operation was executed.
    pub(crate) fn executed(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self::new(kind, text).with_outcome(Outcome::Executed)
    }

    pub(crate) fn with_response(mut self, status: StatusCode, headers: &HeaderMap) -> Self {
        self.0.status = Some(status);
        self.0.headers = kept_headers(headers);
        self
    }

    pub(crate) fn with_location(mut self, location: Option<String>) -> Self {
        self.0.location = location;
        self
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.0.location.as_deref()
    }

    pub(crate) fn with_service_error(mut self, service_error: ServiceError) -> Self {
        self.0.service_error = Some(service_error);
        self
    }

    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.0.text = format!("{}; {note}", self.0.text);
        self
    }

    pub(crate) fn in_call(mut self, operation: &Operation) -> Self {
        self.0.call = Some(format!("{} {}", operation.method, operation.template()));
        self
    }

    pub(crate) fn after(mut self, attempts: u32, client_request_id: &dyn fmt::Display) -> Self {
        self.0.client_request_id = Some(client_request_id.to_string());
        self.0.attempts = attempts;
        self
    }

    /// Removes the client's secrets from the error, wherever the service or a library repeated
    /// them.
    pub(crate) fn redacted(mut self, secrets: &Secrets) -> Self {
        let inner = &mut *self.0;
        inner.text = secrets.redact(&inner.text).into_owned();
        if let Some(service_error) = &mut inner.service_error {
            service_error.redact(secrets);
        }
        for value in inner.headers.values_mut() {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            if secrets.redact(&text) != text {
                *value = REDACTED;
            }
        }
        if let Some(source) = &inner.source {
            let text = source_text(&**source);
            let redacted = secrets.redact(&text);
            if redacted != text {
                inner.source = Some(escape_bounded(&redacted).into());
            }
        }
        self
    }
}

const REDACTED: HeaderValue = HeaderValue::from_static("[redacted]");

/// The headers of a response that an error keeps.
fn kept_headers(headers: &HeaderMap) -> HeaderMap {
    let (max_fields, max_length) = HEADER_LIMITS;
    let mut kept = HeaderMap::with_capacity(headers.len().min(max_fields));
    for (name, value) in headers.iter().take(max_fields) {
        let is_sensitive = value.is_sensitive()
            || [SET_COOKIE, COOKIE, WWW_AUTHENTICATE, PROXY_AUTHENTICATE].contains(name);
        let value = match value.as_bytes().get(..max_length) {
            _ if is_sensitive => Some(REDACTED),
            None => Some(value.clone()),
            Some(start) => HeaderValue::from_bytes(start).ok(),
        };
        kept.extend(value.map(|value| (name.clone(), value)));
    }
    kept
}

/// The text of an error and of its causes, as a reader can print it.
fn source_text(error: &(dyn StdError + 'static)) -> String {
    let mut text = format!("{error} {error:?} ");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!("{error} {error:?} "));
        cause = error.source();
    }
    text
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(call) = &self.0.call {
            write!(f, "{call}: ")?;
        }
        f.write_str(&self.0.text)?;
        if let Some(service_error) = self.service_error().filter(|error| !error.is_empty()) {
            write!(f, ": {service_error}")?;
        }
        if let Some(id) = &self.0.client_request_id {
            let attempts = if self.0.attempts == 1 { "attempt" } else { "attempts" };
            write!(f, " ({} {attempts}, client request id {id})", self.0.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("outcome", &self.0.outcome)
            .field("text", &self.to_string())
            .field("request_id", &self.request_id())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
