//! The settings of a client.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::{Client, ClientInner, TrustedHosts};
use crate::connection_string;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::retry::{RetryBudget, RetryPolicy};
use crate::sources::{RandomSource, SystemRandomSource, SystemTimeSource, TimeSource};
use crate::transport::Transport;

/// The settings of a [`Client`]. [`build`](Self::build) reports what is wrong with one.
///
/// ```
/// use std::time::Duration;
///
/// use acs_rest::{AccessKey, Client};
///
/// let client = Client::builder("https://contoso.communication.azure.com", AccessKey::new("pw==")?)
///     .timeout(Duration::from_secs(20))
///     .max_retries(5)
///     .build()?;
/// # Ok::<(), acs_rest::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    endpoint: Result<Endpoint>,
    credential: Box<dyn Credential>,
    transport: TransportChoice,
    time_source: Box<dyn TimeSource>,
    random_source: Box<dyn RandomSource>,
    retry_policy: RetryPolicy,
    timeout: Duration,
    try_timeout: Duration,
    connect_timeout: Duration,
    stall_timeout: Duration,
    api_version: Cow<'static, str>,
    application_id: String,
    trusted_hosts: Vec<String>,
}

/// The transport of a client. The default is never another one because some crate of the program
/// turns on a feature.
#[derive(Debug)]
enum TransportChoice {
    /// reqwest.
    Default,
    #[cfg(feature = "hyper")]
    Hyper,
    Given(Box<dyn Transport>),
}

impl ClientBuilder {
    /// Starts a client for an endpoint, which is a text or an [`Endpoint`].
    pub fn new<E>(endpoint: E, credential: impl Credential) -> Self
    where
        E: TryInto<Endpoint, Error: Into<Error>>,
    {
        Self::from_parts(endpoint.try_into().map_err(Into::into), Box::new(credential))
    }

    /// Starts a client from `endpoint=https://…;accesskey=…`.
    ///
    /// # Errors
    /// If the text is not a connection string; the error names the part, and never shows the key.
    pub fn from_connection_string(text: impl AsRef<str>) -> Result<Self> {
        let (endpoint, access_key) = connection_string::parse(text.as_ref())?;
        Ok(Self::from_parts(Ok(endpoint), Box::new(access_key)))
    }

    fn from_parts(endpoint: Result<Endpoint>, credential: Box<dyn Credential>) -> Self {
        Self {
            endpoint,
            credential,
            transport: TransportChoice::Default,
            time_source: Box::new(SystemTimeSource),
            random_source: Box::new(SystemRandomSource),
            retry_policy: RetryPolicy::default(),
            timeout: Duration::from_secs(100),
            try_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(20),
            api_version: "2024-09-15".into(),
            application_id: String::new(),
            trusted_hosts: Vec::new(),
        }
    }

    /// Sets the time for a whole call, all attempts and delays included. The default is 100 s; a
    /// `repeatable` call never takes more than 240 s, since the service forgets its id after 300 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the time for one attempt, from its first byte to the last of its response. The default
    /// is 30 s.
    pub fn try_timeout(mut self, timeout: Duration) -> Self {
        self.try_timeout = timeout;
        self
    }

    /// Sets the time for a connection, TLS included. The default is 10 s, and never more than nine
    /// tenths of [`try_timeout`](Self::try_timeout). It does not apply to a transport of your own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long a download may bring no data while it is being read. The default is 20 s.
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.stall_timeout = timeout;
        self
    }

    /// Sets the most retries of a call. The default is 3; 0 means a single attempt.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retry_policy.max_retries = retries;
        self
    }

    /// Sets the `api-version` of operations that declare none. The default is `2024-09-15`.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Cow::Owned(version.into());
        self
    }

    /// Sets the name of your application, which precedes ours in `User-Agent`: at most 24 letters,
    /// digits, `-`, `_` and `.`.
    pub fn application_id(mut self, id: impl Into<String>) -> Self {
        self.application_id = id.into();
        self
    }

    /// Adds a host, or `host:port`, that requests may go to beside the endpoint: a URL that the
    /// service hands out, such as that of a recording, is called on Microsoft's storage hosts and
    /// on these. The credential is sent there, and the owner of the host can act for you.
    ///
    /// ```
    /// use acs_rest::{AccessKey, Client};
    ///
    /// # let key = AccessKey::new("pw==")?;
    /// let client = Client::builder("https://contoso.communication.azure.com", key)
    ///     .trusted_host("recordings.contoso.example")
    ///     .build()?;
    /// # Ok::<(), acs_rest::Error>(())
    /// ```
    pub fn trusted_host(mut self, host: impl Into<String>) -> Self {
        self.trusted_hosts.push(host.into());
        self
    }

    /// Sends the requests with hyper-util instead of reqwest, at about half the instructions.
    #[cfg(feature = "hyper")]
    pub fn hyper(mut self) -> Self {
        self.transport = TransportChoice::Hyper;
        self
    }

    /// Sends the requests with a transport of your own.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = TransportChoice::Given(Box::new(transport));
        self
    }

    /// Sets the source of the time of day, for tests.
    pub fn time_source(mut self, time_source: impl TimeSource) -> Self {
        self.time_source = Box::new(time_source);
        self
    }

    /// Sets the source of random numbers, for tests.
    pub fn random_source(mut self, random_source: impl RandomSource) -> Self {
        self.random_source = Box::new(random_source);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// If a setting, the endpoint or the credential is unusable.
    pub fn build(self) -> Result<Client> {
        let endpoint = self.endpoint?;
        for (name, timeout) in [
            ("timeout", self.timeout),
            ("try_timeout", self.try_timeout),
            ("connect_timeout", self.connect_timeout),
            ("stall_timeout", self.stall_timeout),
        ] {
            if timeout.is_zero() {
                let text = format!("`{name}` is zero, and every call would fail");
                return Err(Error::configuration(text));
            }
        }
        check_token("api_version", &self.api_version, 1..=64)?;
        check_token("application_id", &self.application_id, 0..=24)?;
        self.credential.check()?;
        // Shorter than the attempt: a failed connection must not look like a missing response.
        let connect_timeout = self.connect_timeout.min(self.try_timeout / 10 * 9);
        let inner = ClientInner {
            endpoint,
            credential: self.credential,
            transport: self.transport.build(connect_timeout)?,
            time_source: self.time_source,
            random_source: self.random_source,
            retry_policy: self.retry_policy,
            retry_budget: RetryBudget::full(),
            timeout: self.timeout,
            try_timeout: self.try_timeout,
            stall_timeout: self.stall_timeout,
            user_agent: user_agent(&self.application_id),
            api_version: self.api_version,
            trusted_hosts: TrustedHosts::parse(&self.trusted_hosts)?,
        };
        Ok(Client { inner: Arc::new(inner), options: None })
    }
}

impl TransportChoice {
    fn build(self, connect_timeout: Duration) -> Result<Box<dyn Transport>> {
        match self {
            Self::Default => default_transport(connect_timeout),
            #[cfg(feature = "hyper")]
            Self::Hyper => {
                use crate::transport::HyperTransport;
                Ok(Box::new(HyperTransport::with_connect_timeout(connect_timeout)?))
            }
            Self::Given(transport) => Ok(transport),
        }
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(connect_timeout: Duration) -> Result<Box<dyn Transport>> {
    use crate::transport::ReqwestTransport;
    Ok(Box::new(ReqwestTransport::with_connect_timeout(connect_timeout)?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Duration) -> Result<Box<dyn Transport>> {
    Err(Error::configuration(
        "the client has no transport: enable the feature `reqwest`, or call `ClientBuilder::hyper` or `ClientBuilder::transport`",
    ))
}

fn check_token(name: &str, text: &str, length: RangeInclusive<usize>) -> Result<()> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if length.contains(&text.len()) && text.bytes().all(is_plain) {
        return Ok(());
    }
    let (min, max) = length.into_inner();
    Err(Error::configuration(format!(
        "`{name}` must be {min} to {max} letters, digits, `-`, `_` or `.`"
    )))
}

fn user_agent(application_id: &str) -> HeaderValue {
    const OURS: &str = concat!("acs-rest/", env!("CARGO_PKG_VERSION"));
    match application_id {
        "" => HeaderValue::from_static(OURS),
        id => HeaderValue::try_from(format!("{id} {OURS}"))
            .expect("a checked application id is a header value"),
    }
}
