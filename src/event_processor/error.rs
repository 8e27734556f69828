//! The error of an operation that did not complete.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::__private::escape_bounded;
use crate::Error;
use crate::call_automation::events::{CallEvent, ReasonCode};

/// The maximum length, in characters, of a text of the service that an error quotes.
const QUOTE_LIMIT: usize = 200;

/// The error of an operation that did not complete.
///
/// ```
/// use acs_rest::call_automation::events::ReasonCode;
/// use acs_rest::event_processor::{OperationError, OperationErrorKind};
///
/// /// Whether to ask again.
/// fn is_silence(error: &OperationError) -> bool {
///     error.kind() == OperationErrorKind::Failed
///         && error.reason() == Some(ReasonCode::InitialSilenceTimedOut)
/// }
/// # drop(is_silence);
/// ```
pub struct OperationError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: OperationErrorKind,
    operation: &'static str,
    event: Option<Arc<CallEvent>>,
    request: Option<Error>,
    timeout: Duration,
}

/// The reason why an operation did not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperationErrorKind {
    /// The request failed. [`OperationError::request_error`] returns the details, including whether
    /// the service executed the operation.
    Request,
    /// An event reported that the operation failed.
    Failed,
    /// An event reported that another operation canceled this one.
    Canceled,
    /// The call ended before the operation completed.
    Disconnected,
    /// No event arrived before the deadline. The operation may still complete.
    TimedOut,
}

impl OperationError {
    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> OperationErrorKind {
        self.0.kind
    }

    /// Returns the event that reported the error, or `None` for [`OperationErrorKind::Request`] and
    /// [`OperationErrorKind::TimedOut`].
    #[must_use]
    pub fn event(&self) -> Option<&CallEvent> {
        self.0.event.as_deref()
    }

    /// Returns the reason in the event, such as [`ReasonCode::InitialSilenceTimedOut`].
    #[must_use]
    pub fn reason(&self) -> Option<ReasonCode> {
        self.event().and_then(CallEvent::reason)
    }

    /// Returns the error of the request, for [`OperationErrorKind::Request`].
    #[must_use]
    pub fn request_error(&self) -> Option<&Error> {
        self.0.request.as_ref()
    }

    pub(super) fn request(operation: &'static str, error: Error) -> Self {
        Self::new(OperationErrorKind::Request, operation, None).with_request(error)
    }

    pub(super) fn failed(operation: &'static str, event: Arc<CallEvent>) -> Self {
        Self::new(OperationErrorKind::Failed, operation, Some(event))
    }

    pub(super) fn canceled(operation: &'static str, event: Arc<CallEvent>) -> Self {
        Self::new(OperationErrorKind::Canceled, operation, Some(event))
    }

    pub(super) fn disconnected(operation: &'static str, event: Arc<CallEvent>) -> Self {
        Self::new(OperationErrorKind::Disconnected, operation, Some(event))
    }

    pub(super) fn timed_out(operation: &'static str, timeout: Duration) -> Self {
        let mut error = Self::new(OperationErrorKind::TimedOut, operation, None);
        error.0.timeout = timeout;
        error
    }

    fn new(
        kind: OperationErrorKind,
        operation: &'static str,
        event: Option<Arc<CallEvent>>,
    ) -> Self {
        let timeout = Duration::ZERO;
        Self(Box::new(Inner { kind, operation, event, request: None, timeout }))
    }

    fn with_request(mut self, error: Error) -> Self {
        self.0.request = Some(error);
        self
    }

    /// The result that the event reports, in brackets.
    fn result(&self) -> String {
        let Some(result) = self.event().and_then(CallEvent::result_information) else {
            return String::new();
        };
        let number = |number: Option<i32>| number.map_or("?".to_owned(), |it| it.to_string());
        let message = result.message.as_deref().unwrap_or_default();
        let end = message.char_indices().nth(QUOTE_LIMIT).map_or(message.len(), |(end, _)| end);
        let (code, sub_code) = (number(result.code), number(result.sub_code));
        format!(" ({code}/{sub_code}: {})", escape_bounded(&message[..end]))
    }
}

impl fmt::Display for OperationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operation, timeout) = (self.0.operation, self.0.timeout);
        match self.kind() {
            OperationErrorKind::Request => write!(f, "the request of `{operation}` failed"),
            OperationErrorKind::Failed => write!(f, "`{operation}` failed{}", self.result()),
            OperationErrorKind::Canceled => {
                write!(f, "`{operation}` was canceled{}", self.result())
            }
            OperationErrorKind::Disconnected => {
                write!(f, "the call ended before `{operation}` completed{}", self.result())
            }
            OperationErrorKind::TimedOut => write!(
                f,
                "no event reported the outcome of `{operation}` within {timeout:?}; check that \
                 the callbacks reach this process, or set another `timeout`"
            ),
        }
    }
}

impl fmt::Debug for OperationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationError")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("event", &self.0.event)
            .field("request", &self.0.request)
            .finish_non_exhaustive()
    }
}

impl StdError for OperationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.request_error().map(|error| error as _)
    }
}
