//! What went wrong with a call, and whether it was carried out all the same.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::client_request_id::ClientRequestId;
use crate::operation::Operation;
use crate::service_error::ServiceError;

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call did not give its result.
///
/// Its text holds no secret, is bounded, and has control characters escaped. [`Error::kind`] says
/// what failed; [`Error::outcome`] says whether the service carried the operation out.
///
/// ```
/// use acs_rest_runtime::{Error, ErrorKind, Outcome};
///
/// fn worth_a_call_to_support(error: &Error) -> bool {
///     error.kind() == ErrorKind::Service && error.outcome() == Outcome::Unknown
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    text: String,
    outcome: Outcome,
    /// `POST /path/<placeholder>`, once it is known.
    call: Option<String>,
    status: Option<StatusCode>,
    service: Option<ServiceError>,
    request_id: Option<String>,
    client_request_id: Option<String>,
    attempts: u32,
    retry_after: Option<Duration>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built from what it was given.
    Configuration,
    /// An argument of the call was refused; nothing was sent.
    Argument,
    /// There is no usable token or key; nothing was sent.
    Credential,
    /// No connection: name resolution, TCP or TLS failed; nothing was sent.
    Connect,
    /// The time for the call, for one try, or between two chunks of a download ran out.
    Timeout,
    /// The connection broke, or what came over it was not HTTP.
    Transport,
    /// The service answered with an error status.
    Service,
    /// The service answered with a redirect, which is never followed.
    Redirect,
    /// The service carried the operation out, but its answer cannot be read.
    Decode,
    /// The answer is larger than the limit.
    TooLarge,
    /// A page's next link was refused, and not followed.
    Link,
}

/// Whether the service carried the operation out, as far as the client can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "these three are all there can be")]
pub enum Outcome {
    /// Certainly not: nothing was sent, or the service refused.
    NotExecuted,
    /// Perhaps: the request was sent, and no answer told.
    Unknown,
    /// Yes, although its result was lost.
    Executed,
}

impl Error {
    /// An error of your own, for a test double of an operation trait.
    #[must_use]
    pub fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            text: text.into(),
            outcome: Outcome::NotExecuted,
            call: None,
            status: None,
            service: None,
            request_id: None,
            client_request_id: None,
            attempts: 0,
            retry_after: None,
            source: None,
        }))
    }

    /// What failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the service carried the operation out, over all the tries of the call.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The status of the last answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The service's error code, such as `Denied`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.service_error().and_then(ServiceError::code)
    }

    /// The service's message, or what the client has to say.
    #[must_use]
    pub fn message(&self) -> &str {
        self.service_error().and_then(ServiceError::message).unwrap_or(&self.0.text)
    }

    /// All that the service said: code, message, target, details and inner error.
    #[must_use]
    pub fn service_error(&self) -> Option<&ServiceError> {
        self.0.service.as_ref()
    }

    /// The id the service gave the request (`x-ms-request-id` or `MS-CV`): quote it to support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The id this client gave the call (`x-ms-client-request-id`).
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        self.0.client_request_id.as_deref()
    }

    /// How many requests were made for the call.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the service asked to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    pub(crate) fn argument(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Argument, text)
    }

    pub(crate) fn configuration(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, text)
    }

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_answer(mut self, status: StatusCode, request_id: Option<String>) -> Self {
        self.0.status = Some(status);
        self.0.request_id = request_id;
        self
    }

    pub(crate) fn with_service(mut self, service: ServiceError) -> Self {
        self.0.service = Some(service);
        self
    }

    pub(crate) fn with_retry_after(mut self, wish: Option<Duration>) -> Self {
        self.0.retry_after = wish;
        self
    }

    pub(crate) fn in_call(mut self, operation: &Operation) -> Self {
        self.0.call = Some(format!("{} {}", operation.method, operation.template()));
        self
    }

    pub(crate) fn after(mut self, attempts: u32, client_request_id: ClientRequestId) -> Self {
        self.0.client_request_id = Some(client_request_id.to_string());
        self.0.attempts = attempts;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(call) = &self.0.call {
            write!(f, "{call}: ")?;
        }
        f.write_str(&self.0.text)?;
        if let Some(service) = &self.0.service {
            write!(f, ": {service}")?;
        }
        if let Some(id) = &self.0.client_request_id {
            let tries = if self.0.attempts == 1 { "try" } else { "tries" };
            write!(f, " ({} {tries}, client request id {id})", self.0.attempts)?;
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
            .field("request_id", &self.0.request_id)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
