//! How a client is set up.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::{Client, Shared};
use crate::budget::Budget;
use crate::clock::{Clock, SystemClock};
use crate::connection_string;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::request::location;
use crate::retry::Policy;
use crate::transport::Transport;

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
    api_version: Cow<'static, str>,
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

    pub(super) fn from_parts(endpoint: Result<Endpoint>, credential: Credential) -> Self {
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
        self.api_version = Cow::Owned(version.into());
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
        Ok(Client { shared: Arc::new(shared), options: None })
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
