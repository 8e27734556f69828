//! What a caller may say about single calls.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::error::{Error, Result};
use crate::repeatability::Repeatability;
use crate::request::headers;

/// Options for single calls, given to [`Client::with`](crate::Client::with).
///
/// ```
/// use std::time::Duration;
/// use acs_rest_runtime::CallOptions;
///
/// let options = CallOptions::new().timeout(Duration::from_secs(5)).header("x-ms-trace", "abc");
/// ```
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) repeatability: Option<Repeatability>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// What was wrong with a header: reported by the first call.
    refused: Option<String>,
}

impl CallOptions {
    /// No options.
    #[must_use]
    pub const fn new() -> Self {
        Self { timeout: None, repeatability: None, headers: Vec::new(), refused: None }
    }

    /// The time for a whole call, all tries and waits included; instead of the operation's and
    /// the client's.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// A request header. One that cannot be sent exactly as given, or that the client sets
    /// itself, makes the call fail before anything is sent.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match headers::field(name.as_ref(), value.as_ref()) {
            Ok(field) => self.headers.push(field),
            Err(error) => self.refused = self.refused.or(Some(error.message().to_owned())),
        }
        self
    }

    /// The pair of a `repeatable` call, instead of a new one: to finish an earlier call. For one
    /// logical call only; an operation that is not `repeatable` refuses it.
    #[must_use]
    pub fn repeatability(mut self, repeatability: Repeatability) -> Self {
        self.repeatability = Some(repeatability);
        self
    }

    pub(crate) fn headers(&self) -> Result<&[(HeaderName, HeaderValue)]> {
        match &self.refused {
            Some(reason) => Err(Error::argument(reason.clone())),
            None => Ok(&self.headers),
        }
    }

    /// These options, with the later ones over them.
    pub(crate) fn overlaid(&self, later: Self) -> Self {
        let mut headers = self.headers.clone();
        headers.retain(|(name, _)| later.headers.iter().all(|(newer, _)| newer != name));
        headers.extend(later.headers);
        Self {
            timeout: later.timeout.or(self.timeout),
            repeatability: later.repeatability.or_else(|| self.repeatability.clone()),
            headers,
            refused: self.refused.clone().or(later.refused),
        }
    }
}
