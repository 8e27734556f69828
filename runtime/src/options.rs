//! The options of individual calls.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;

use crate::error::Error;
use crate::plain_text::check_plain_text;
use crate::repeatability::Repeatability;
use crate::request::headers;

/// Options for individual calls, which [`Client::with_options`](crate::Client::with_options) takes.
///
/// ```
/// use std::time::Duration;
///
/// use acs_rest::CallOptions;
///
/// let options = CallOptions::new().timeout(Duration::from_secs(5)).header("x-ms-trace", "abc");
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) repeatability: Option<Repeatability>,
    pub(crate) trust_repeatability: Option<bool>,
    api_version: Option<String>,
    headers: Option<HeaderMap>,
    /// The error of an invalid header, which the first call reports.
    header_error: Option<String>,
}

impl CallOptions {
    /// Creates options without any setting.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            timeout: None,
            repeatability: None,
            trust_repeatability: None,
            api_version: None,
            headers: None,
            header_error: None,
        }
    }

    /// Sets the timeout of a whole call, including all attempts and delays. It takes precedence
    /// over the timeouts of the operation and of the client.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets a request header. It replaces a header of the same name that was set before or that the
    /// operation declares.
    ///
    /// If the header cannot be sent exactly as given, or if it is one that the client writes
    /// itself, the call fails before anything is sent.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match headers::field(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => {
                self.headers.get_or_insert_default().insert(name, value);
            }
            Err(error) => {
                self.header_error.get_or_insert_with(|| error.message().to_owned());
            }
        }
        self
    }

    /// Sets the repeatability pair of a `repeatable` call, in order to finish an earlier call. Use
    /// a pair for one logical call only.
    ///
    /// A call fails if its operation is not `repeatable`, or is declared `repeatable = "body"`. The
    /// service may not recognise the pair of a `repeatable = "unconfirmed"` operation, and then
    /// executes the operation a second time.
    #[must_use]
    pub fn repeatability(mut self, repeatability: Repeatability) -> Self {
        self.repeatability = Some(repeatability);
        self
    }

    /// Sets whether the client relies on the service to recognise a repeated request of a
    /// `repeatable` operation. `true` includes operations declared `repeatable = "unconfirmed"`.
    /// With `false`, a request that may have been executed is not sent again, although the ids are
    /// still sent. This setting takes precedence over
    /// [`ClientBuilder::trust_repeatability`](crate::ClientBuilder::trust_repeatability).
    ///
    /// ```
    /// use acs_rest::{CallOptions, Client};
    ///
    /// fn careful(client: &Client) -> Client {
    ///     client.with_options(CallOptions::new().trust_repeatability(false))
    /// }
    /// ```
    #[must_use]
    pub fn trust_repeatability(mut self, trust: bool) -> Self {
        self.trust_repeatability = Some(trust);
        self
    }

    /// Pins the api-version. It overrides the versions of the client and of the operation.
    ///
    /// Without it, a call sends the latest of the versions that the client, the operation and the
    /// fields of the request require. A call that requires a later version than the pinned one
    /// fails before anything is sent, unless the pinned version is a preview: the client does not
    /// know which fields a preview has.
    #[must_use]
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// The pinned api-version.
    ///
    /// # Errors
    /// If the text is not a valid api-version.
    pub(crate) fn pinned_api_version(&self) -> Result<Option<&str>, Error> {
        if let Some(version) = &self.api_version {
            check_plain_text("api_version", version, 1..=64)
                .map_err(|error| Error::argument(error.message()))?;
        }
        Ok(self.api_version.as_deref())
    }

    /// Returns the headers, or the error of an invalid one.
    pub(crate) fn headers(&self) -> Result<Option<&HeaderMap>, Error> {
        match &self.header_error {
            Some(reason) => Err(Error::argument(reason)),
            None => Ok(self.headers.as_ref()),
        }
    }

    /// These options for a poll, which has another timeout and is not part of a repeatable call.
    pub(crate) fn for_poll(&self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), repeatability: None, ..self.clone() }
    }

    /// These options, overridden by the `later` ones.
    pub(crate) fn overlaid(&self, later: Self) -> Self {
        let mut headers = self.headers.clone();
        for (name, value) in later.headers.iter().flatten() {
            headers.get_or_insert_default().insert(name.clone(), value.clone());
        }
        Self {
            timeout: later.timeout.or(self.timeout),
            repeatability: later.repeatability.or_else(|| self.repeatability.clone()),
            trust_repeatability: later.trust_repeatability.or(self.trust_repeatability),
            api_version: later.api_version.or_else(|| self.api_version.clone()),
            headers,
            header_error: self.header_error.clone().or(later.header_error),
        }
    }
}

/// Shows the names of the headers: their values can be secret.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().flat_map(HeaderMap::keys).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("repeatability", &self.repeatability)
            .field("trust_repeatability", &self.trust_repeatability)
            .field("api_version", &self.api_version)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}
