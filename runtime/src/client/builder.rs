//! The settings of a client.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::{Client, ClientInner, TrustedHosts};
use crate::cloud::Cloud;
use crate::connection_string;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::plain_text::check_plain_text;
use crate::repeatability::SupportedOperations;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::sources::{RandomSource, SystemRandomSource, SystemTimeSource, TimeSource};
use crate::transport::{Transport, TransportOptions};

/// Builds a [`Client`] from its settings. [`build`](Self::build) reports an invalid setting.
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
    transport_options: TransportOptions,
    /// The first setting that has no effect on a transport provided by the user.
    transport_setting: Option<&'static str>,
    stall_timeout: Duration,
    api_version: Cow<'static, str>,
    application_id: String,
    trusted_hosts: Vec<String>,
    trust_repeatability: Option<bool>,
    /// `None` for the cloud of the endpoint.
    cloud: Option<Cloud>,
}

/// The transport of a client. The default does not depend on the features that other crates in the
/// program enable.
#[derive(Debug)]
enum TransportChoice {
    /// reqwest.
    Default,
    #[cfg(feature = "hyper")]
    Hyper,
    Given(Box<dyn Transport>),
}

impl ClientBuilder {
    /// Starts building a client for an endpoint, given as a string or an [`Endpoint`].
    pub fn new<E>(endpoint: E, credential: impl Credential) -> Self
    where
        E: TryInto<Endpoint, Error: Into<Error>>,
    {
        Self::from_parts(endpoint.try_into().map_err(Into::into), Box::new(credential))
    }

    /// Starts building a client from `endpoint=https://…;accesskey=…`.
    ///
    /// # Errors
    /// If the text is not a connection string. The error names the invalid part and never shows the
    /// key.
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
            transport_options: TransportOptions::new(),
            transport_setting: None,
            stall_timeout: Duration::from_secs(20),
            api_version: "2024-09-15".into(),
            application_id: String::new(),
            trusted_hosts: Vec::new(),
            trust_repeatability: None,
            cloud: None,
        }
    }

    /// Sets the timeout of a whole call, including all attempts and delays. The default is 100 s. A
    /// `repeatable` call ends after 240 s at the latest, since the service forgets its id after
    /// 300 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the timeout of one attempt, from its start to the last byte of the response. The
    /// default is 30 s.
    pub fn try_timeout(mut self, timeout: Duration) -> Self {
        self.try_timeout = timeout;
        self
    }

    /// Sets the timeout for opening a connection, including TLS. The default is 10 s. The timeout
    /// is at most nine tenths of [`try_timeout`](Self::try_timeout). It has no effect on a
    /// transport that is passed to [`transport`](Self::transport).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sends https requests through the proxy at `url`, such as
    /// `http://user:password@proxy.example:3128`. See [`TransportOptions::proxy`].
    ///
    /// ```
    /// use acs_rest::{AccessKey, Client};
    ///
    /// # let key = AccessKey::new("pw==")?;
    /// let client = Client::builder("https://contoso.communication.azure.com", key)
    ///     .proxy("http://proxy.contoso.example:3128")
    ///     .build()?;
    /// # Ok::<(), acs_rest::Error>(())
    /// ```
    pub fn proxy(self, url: impl Into<String>) -> Self {
        self.transport_option("proxy", |options| options.proxy(url))
    }

    /// Reads the proxy from the environment variables `HTTPS_PROXY` and `NO_PROXY`. See
    /// [`TransportOptions::proxy_from_env`].
    pub fn proxy_from_env(self) -> Self {
        self.transport_option("proxy_from_env", TransportOptions::proxy_from_env)
    }

    /// Trusts a private certificate authority, in PEM or DER, in addition to those of the system.
    pub fn root_certificate(self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        self.transport_option("root_certificate", |options| options.root_certificate(pem_or_der))
    }

    /// Sets how long an unused connection is kept. The default is 30 s. See
    /// [`TransportOptions::pool_idle_timeout`].
    pub fn pool_idle_timeout(self, timeout: Duration) -> Self {
        self.transport_option("pool_idle_timeout", |options| options.pool_idle_timeout(timeout))
    }

    /// Disables HTTP/2. By default, the server can choose it.
    pub fn http1_only(self) -> Self {
        self.transport_option("http1_only", TransportOptions::http1_only)
    }

    fn transport_option(
        mut self,
        name: &'static str,
        set: impl FnOnce(TransportOptions) -> TransportOptions,
    ) -> Self {
        self.transport_options = set(self.transport_options);
        self.transport_setting.get_or_insert(name);
        self
    }

    /// Sets how long a download may deliver no data while it is being read. The default is 20 s.
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.stall_timeout = timeout;
        self
    }

    /// Sets the maximum number of retries of a call. The default is 3; 0 means a single attempt.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retry_policy.max_retries = retries;
        self
    }

    /// Sets whether the client relies on the service to recognise a repeated request of a
    /// `repeatable` operation.
    ///
    /// By default, it does, except for operations declared `repeatable = "unconfirmed"`. If a
    /// request of such an operation may have been executed, it is sent again only if an earlier
    /// response of the operation to this client contained `Repeatability-Result: accepted` and no
    /// successful response since then lacked it. With `true`, the client relies on the service for
    /// these operations too; with `false`, for none.
    pub fn trust_repeatability(mut self, trust: bool) -> Self {
        self.trust_repeatability = Some(trust);
        self
    }

    /// Sets the `api-version` of operations that declare none. The default is `2024-09-15`.
    ///
    /// A call sends a later version if that version introduced its operation or a field of its
    /// request. [`CallOptions::api_version`](crate::CallOptions::api_version) pins the version
    /// instead.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Cow::Owned(version.into());
        self
    }

    /// Sets the name of your application, which precedes `acs-rest` in `User-Agent`: at most 24
    /// letters, digits, `-`, `_` and `.`.
    pub fn application_id(mut self, id: impl Into<String>) -> Self {
        self.application_id = id.into();
        self
    }

    /// Adds a host, or `host:port`, to which requests may be sent in addition to the endpoint.
    ///
    /// By default, the client follows links that the service returns only on its own origin, and
    /// downloads recordings only from Microsoft's storage hosts. It sends its credential to a
    /// trusted host, and the owner of that host can then act on your behalf.
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

    /// Sets the cloud of the resource. The default depends on the host of the endpoint: Azure
    /// Government for a host below `communication.azure.us`, and the public cloud for any other
    /// host. Set the cloud if the endpoint is a gateway.
    ///
    /// ```
    /// use acs_rest::{AccessKey, Client, Cloud};
    ///
    /// # let key = AccessKey::new("pw==")?;
    /// let client = Client::builder("https://gateway.contoso.example", key)
    ///     .cloud(Cloud::UsGovernment)
    ///     .build()?;
    /// # Ok::<(), acs_rest::Error>(())
    /// ```
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.cloud = Some(cloud);
        self
    }

    /// Sends the requests with hyper and h2 instead of reqwest, which takes less than half the
    /// instructions.
    #[cfg(feature = "hyper")]
    pub fn hyper(mut self) -> Self {
        self.transport = TransportChoice::Hyper;
        self
    }

    /// Sets the transport that sends the requests.
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

    /// Builds the client. No request is sent.
    ///
    /// # Errors
    /// If a setting, the endpoint or the credential is invalid.
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
        check_plain_text("api_version", &self.api_version, 1..=64)?;
        check_plain_text("application_id", &self.application_id, 0..=24)?;
        self.credential.check()?;
        // Shorter than the attempt: a failed connection must not be mistaken for a missing
        // response.
        let connect_timeout = self.connect_timeout.min(self.try_timeout / 10 * 9);
        let transport_options = self.transport_options.connect_timeout(connect_timeout);
        let inner = ClientInner {
            cloud: self.cloud.unwrap_or_else(|| Cloud::of_host(endpoint.host())),
            endpoint,
            credential: self.credential,
            transport: self.transport.build(transport_options, self.transport_setting)?.into(),
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
            trust_repeatability: self.trust_repeatability,
            supported_operations: SupportedOperations::default(),
        };
        Ok(Client { inner: Arc::new(inner), options: None })
    }
}

impl TransportChoice {
    fn build(
        self,
        options: TransportOptions,
        setting: Option<&'static str>,
    ) -> Result<Box<dyn Transport>> {
        match (self, setting) {
            (Self::Default, _) => default_transport(options),
            #[cfg(feature = "hyper")]
            (Self::Hyper, _) => {
                Ok(Box::new(crate::transport::HyperTransport::with_options(options)?))
            }
            (Self::Given(transport), None) => Ok(transport),
            (Self::Given(_), Some(setting)) => Err(Error::configuration(format!(
                "`{setting}` does not apply to a transport of your own; set it there with \
                 `TransportOptions::{setting}`"
            ))),
        }
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(options: TransportOptions) -> Result<Box<dyn Transport>> {
    Ok(Box::new(crate::transport::ReqwestTransport::with_options(options)?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: TransportOptions) -> Result<Box<dyn Transport>> {
    Err(Error::configuration(
        "the client has no transport: enable the feature `reqwest`, or call `ClientBuilder::hyper` or `ClientBuilder::transport`",
    ))
}

fn user_agent(application_id: &str) -> HeaderValue {
    const OURS: &str = concat!("acs-rest/", env!("CARGO_PKG_VERSION"));
    match application_id {
        "" => HeaderValue::from_static(OURS),
        id => HeaderValue::try_from(format!("{id} {OURS}"))
            .expect("a checked application id is a header value"),
    }
}
