//! The handle that operations are called on.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::budget::Budget;
use crate::clock::{Clock, SystemClock};
use crate::connection_string;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::options::CallOptions;
use crate::request::location;
use crate::retry::Policy;
use crate::transport::Transport;

/// A client of one ACS resource: every declared operation is a method of it.
///
/// A clone is a handle to the same client: it shares the connections, the token and the retry
/// budget. Calls must be awaited within a Tokio runtime with its timer enabled; elsewhere Tokio
/// panics and says so. Connections belong to the runtime they were made in: use one client a
/// runtime.
///
/// ```
/// use acs_rest_runtime::{Client, UserToken};
///
/// let client = Client::new("https://contoso.communication.azure.com", UserToken::new("eyJ…"));
/// # let client = Client::new("https://contoso.communication.azure.com", UserToken::new("eyJ"))?;
/// # Ok::<(), acs_rest_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    options: Arc<CallOptions>,
}

pub(crate) struct Shared {
    pub(crate) endpoint: Endpoint,
    pub(crate) credential: Credential,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) policy: Policy,
    pub(crate) budget: Budget,
    pub(crate) timeout: Duration,
    pub(crate) try_timeout: Duration,
    pub(crate) stall_timeout: Duration,
    pub(crate) user_agent: HeaderValue,
    api_version: String,
    pub(crate) trusted_hosts: Vec<Endpoint>,
}

impl Client {
    /// A client with the default settings.
    ///
    /// # Errors
    /// If the endpoint is no https URL (http for a loopback address), or the credential unusable.
    pub fn new(endpoint: impl AsRef<str>, credential: impl Into<Credential>) -> Result<Self> {
        Self::builder(endpoint, credential).build()
    }

    /// A client for `endpoint=https://…;accesskey=…`, as the Azure portal shows it.
    ///
    /// # Errors
    /// If the text is no connection string; the error names the part, never the key.
    pub fn from_connection_string(text: impl AsRef<str>) -> Result<Self> {
        ClientBuilder::from_connection_string(text)?.build()
    }

    /// A client with settings of your own.
    pub fn builder(endpoint: impl AsRef<str>, credential: impl Into<Credential>) -> ClientBuilder {
        ClientBuilder::from_parts(endpoint.as_ref().parse(), credential.into())
    }

    /// The same client for calls with these options; they add to, or replace, those it has.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use acs_rest_runtime::{CallOptions, Client};
    /// fn patient(client: &Client) -> Client {
    ///     client.with(CallOptions::new().timeout(Duration::from_secs(200)))
    /// }
    /// ```
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        let options = Arc::new(self.options.overlaid(options));
        Self { shared: Arc::clone(&self.shared), options }
    }

    /// Where the requests go.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.shared.endpoint
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn options(&self) -> &CallOptions {
        &self.options
    }

    pub(crate) fn api_version(&self) -> &str {
        &self.shared.api_version
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.shared.endpoint)
            .field("credential", &self.shared.credential)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`Client`]; what is wrong with one is said by [`build`](Self::build).
///
/// On purpose, requests go over HTTP/1.1 (a cancelled call closes its connection, and no other
/// call is on it) and never through a proxy that the environment names (`HTTPS_PROXY`). Give
/// [`transport`](Self::transport) one of your own where that does not suit.
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    endpoint: Result<Endpoint>,
    credential: Credential,
    transport: Option<Box<dyn Transport>>,
    clock: Box<dyn Clock>,
    policy: Policy,
    timeout: Duration,
    try_timeout: Duration,
    connect_timeout: Duration,
    stall_timeout: Duration,
    api_version: String,
    application_id: String,
    trusted_hosts: Vec<String>,
}

impl ClientBuilder {
    /// Settings of a client for `endpoint=https://…;accesskey=…`.
    ///
    /// # Errors
    /// If the text is no connection string.
    pub fn from_connection_string(text: impl AsRef<str>) -> Result<Self> {
        let (endpoint, access_key) = connection_string::parse(text.as_ref())?;
        Ok(Self::from_parts(Ok(endpoint), access_key.into()))
    }

    fn from_parts(endpoint: Result<Endpoint>, credential: Credential) -> Self {
        Self {
            endpoint,
            credential,
            transport: None,
            clock: Box::new(SystemClock),
            policy: Policy::default(),
            timeout: Duration::from_secs(100),
            try_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(20),
            api_version: "2024-09-15".into(),
            application_id: String::new(),
            trusted_hosts: Vec::new(),
        }
    }

    /// The time for a whole call, all tries and waits included. Default 100 s; a `repeatable`
    /// call never takes more than 240 s, since the service forgets its id after 5 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The time for one try, from its first byte to the last of its answer. Default 30 s.
    pub fn try_timeout(mut self, timeout: Duration) -> Self {
        self.try_timeout = timeout;
        self
    }

    /// The time for a connection, TLS included. Default 10 s, and never more than nine tenths of
    /// [`try_timeout`](Self::try_timeout); a transport of your own has its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a download may bring nothing while it is being read. Default 20 s.
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.stall_timeout = timeout;
        self
    }

    /// How often a call is tried again at most. Default 3; 0 means one try.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.policy.max_retries = retries;
        self
    }

    /// The `api-version` of operations that name none. Default `2024-09-15`.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = version.into();
        self
    }

    /// A name for your application, put before ours in `User-Agent`: at most 24 letters, digits,
    /// `-`, `_` and `.`.
    pub fn application_id(mut self, id: impl Into<String>) -> Self {
        self.application_id = id.into();
        self
    }

    /// A host, or `host:port`, that requests may go to beside the endpoint: a URL that the service
    /// hands out, such as that of a recording, is followed to Microsoft's storage hosts and to
    /// those given here. The credential is sent there: whoever runs the host can act for you.
    ///
    /// ```
    /// # use acs_rest_runtime::{AccessKey, Client};
    /// # let key = AccessKey::new("pw==")?;
    /// let client = Client::builder("https://contoso.communication.azure.com", key)
    ///     .trusted_host("recordings.contoso.example")
    ///     .build()?;
    /// # Ok::<(), acs_rest_runtime::Error>(())
    /// ```
    pub fn trusted_host(mut self, host: impl Into<String>) -> Self {
        self.trusted_hosts.push(host.into());
        self
    }

    /// Another way to send requests.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Another source of time and random numbers, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Box::new(clock);
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
                return Err(Error::configuration(format!(
                    "`{name}` is zero, so that every call would fail"
                )));
            }
        }
        check_token("api_version", &self.api_version, 1..=64)?;
        check_token("application_id", &self.application_id, 0..=24)?;
        let trusted_hosts = self.trusted_hosts.iter().map(|host| location::trusted(host));
        let trusted_hosts = trusted_hosts.collect::<Result<_>>()?;
        self.credential.check()?;
        let transport = match self.transport {
            Some(transport) => transport,
            // Sooner than the try, so that no connection is told from no answer.
            None => standard_transport(self.connect_timeout.min(self.try_timeout / 10 * 9))?,
        };
        let shared = Shared {
            endpoint,
            credential: self.credential,
            transport,
            clock: self.clock,
            policy: self.policy,
            budget: Budget::full(),
            timeout: self.timeout,
            try_timeout: self.try_timeout,
            stall_timeout: self.stall_timeout,
            user_agent: user_agent(&self.application_id),
            api_version: self.api_version,
            trusted_hosts,
        };
        Ok(Client { shared: Arc::new(shared), options: Arc::default() })
    }
}

fn check_token(name: &str, text: &str, length: std::ops::RangeInclusive<usize>) -> Result<()> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if length.contains(&text.len()) && text.bytes().all(plain) {
        return Ok(());
    }
    let (least, most) = length.into_inner();
    Err(Error::configuration(format!(
        "`{name}` must be {least} to {most} letters, digits, `-`, `_` or `.`"
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

/// reqwest if it is there: the feature `hyper` alone changes nothing for those who did not ask.
#[cfg(feature = "reqwest")]
fn standard_transport(connect_timeout: Duration) -> Result<Box<dyn Transport>> {
    Ok(Box::new(crate::transport::ReqwestTransport::with_connect_timeout(connect_timeout)?))
}

#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
fn standard_transport(connect_timeout: Duration) -> Result<Box<dyn Transport>> {
    Ok(Box::new(crate::transport::HyperTransport::with_connect_timeout(connect_timeout)?))
}

#[cfg(not(any(feature = "reqwest", feature = "hyper")))]
fn standard_transport(_: Duration) -> Result<Box<dyn Transport>> {
    Err(Error::configuration(
        "there is no transport: enable the feature `reqwest` or `hyper`, or give one to `ClientBuilder::transport`",
    ))
}
