//! The client that operations are called on.

mod builder;
mod handle;
mod trusted_hosts;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

pub use self::builder::ClientBuilder;
pub use self::handle::{ClientHandle, ClientOrDouble};
pub(crate) use self::trusted_hosts::TrustedHosts;
use crate::cloud::Cloud;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::options::CallOptions;
use crate::repeatability::SupportedOperations;
use crate::request::RequestContext;
use crate::request::link::{Link, LinkBase};
use crate::retry::{RetryBudget, RetryPolicy};
use crate::sanitize::Secrets;
use crate::sources::{RandomSource, TimeSource};
use crate::transport::Transport;

/// A client of one ACS resource. Every declared operation is a method of the client.
///
/// A clone is a handle to the same client: it shares the connections, the token and the retry
/// budget. Await calls in a Tokio runtime whose timer is enabled; otherwise, Tokio panics.
/// Connections belong to the runtime that opened them: create a client for each runtime.
///
/// ```
/// use acs_rest::{Client, UserToken};
///
/// # let token = "eyJ";
/// let client = Client::new("https://contoso.communication.azure.com", UserToken::new(token))?;
/// # Ok::<(), acs_rest::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<ClientInner>,
    /// `None` for most clients, which makes a clone cheap.
    options: Option<Arc<CallOptions>>,
}

/// The state that all clones of a client share.
pub(crate) struct ClientInner {
    pub(crate) endpoint: Endpoint,
    cloud: Cloud,
    pub(crate) credential: Box<dyn Credential>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) time_source: Box<dyn TimeSource>,
    pub(crate) random_source: Box<dyn RandomSource>,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) retry_budget: RetryBudget,
    pub(crate) timeout: Duration,
    pub(crate) try_timeout: Duration,
    pub(crate) stall_timeout: Duration,
    pub(crate) user_agent: HeaderValue,
    api_version: Cow<'static, str>,
    trusted_hosts: TrustedHosts,
    trust_repeatability: Option<bool>,
    pub(crate) supported_operations: SupportedOperations,
}

impl Client {
    /// Creates a client with the default settings. The endpoint is a string or an [`Endpoint`].
    ///
    /// # Errors
    /// If the endpoint is not an https URL (or http for a loopback address), or if the credential
    /// is invalid.
    pub fn new<E>(endpoint: E, credential: impl Credential) -> Result<Self>
    where
        E: TryInto<Endpoint, Error: Into<Error>>,
    {
        Self::builder(endpoint, credential).build()
    }

    /// Creates a client from `endpoint=https://…;accesskey=…`, as the Azure portal shows it.
    ///
    /// # Errors
    /// If the text is not a connection string. The error names the invalid part and never shows the
    /// key.
    pub fn from_connection_string(text: impl AsRef<str>) -> Result<Self> {
        ClientBuilder::from_connection_string(text)?.build()
    }

    /// Starts building a client with other settings; the same as [`ClientBuilder::new`].
    pub fn builder<E>(endpoint: E, credential: impl Credential) -> ClientBuilder
    where
        E: TryInto<Endpoint, Error: Into<Error>>,
    {
        ClientBuilder::new(endpoint, credential)
    }

    /// Returns a handle to the same client whose calls use these options. They are added to the
    /// options of this handle, or replace them.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use acs_rest::{CallOptions, Client};
    ///
    /// fn patient(client: &Client) -> Client {
    ///     client.with_options(CallOptions::new().timeout(Duration::from_secs(200)))
    /// }
    /// ```
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        let options = Arc::new(self.options().overlaid(options));
        Self { inner: Arc::clone(&self.inner), options: Some(options) }
    }

    /// Calls [`with_options`](Self::with_options), which replaces this method.
    #[doc(hidden)]
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        self.with_options(options)
    }

    /// Opens a connection to the endpoint before the first call, which then does not wait for one.
    /// If no call follows, the connection is closed after
    /// [`pool_idle_timeout`](ClientBuilder::pool_idle_timeout).
    ///
    /// # Errors
    /// If the connection cannot be opened.
    ///
    /// ```
    /// async fn start(client: &acs_rest::Client) -> acs_rest::Result<()> {
    ///     client.preconnect().await
    /// }
    /// ```
    pub async fn preconnect(&self) -> Result<()> {
        let connected = self.inner.transport.preconnect(&self.inner.endpoint).await;
        connected.map_err(|error| {
            let text = "the connection could not be opened";
            Error::new(ErrorKind::Connect, text).with_source(error.into_source())
        })
    }

    /// The same client for the polls of a long-running operation, whose timeout is `time_left`.
    pub(crate) fn for_poll(&self, time_left: Duration) -> Self {
        let timeout = self.options().timeout.unwrap_or(self.inner.timeout).min(time_left);
        let options = Arc::new(self.options().for_poll(timeout));
        Self { inner: Arc::clone(&self.inner), options: Some(options) }
    }

    /// Returns the endpoint that requests are sent to.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.inner.endpoint
    }

    /// Returns the cloud of the resource.
    #[must_use]
    pub fn cloud(&self) -> Cloud {
        self.inner.cloud
    }

    pub(crate) fn inner(&self) -> &ClientInner {
        &self.inner
    }

    pub(crate) fn options(&self) -> &CallOptions {
        static NONE: CallOptions = CallOptions::new();
        self.options.as_deref().unwrap_or(&NONE)
    }

    /// Returns the setting of the user: whether the client relies on the service to recognise
    /// repeated requests.
    pub(crate) fn trusts_repeatability(&self) -> Option<bool> {
        self.options().trust_repeatability.or(self.inner.trust_repeatability)
    }

    /// Resolves a link in the response from `current`. An error refers to the link as `name`.
    pub(crate) fn resolve_link(&self, name: &str, current: &Link, link: &str) -> Result<Link> {
        let is_trusted = |host: &Endpoint| self.inner.trusted_hosts.contains(host);
        let endpoint = &self.inner.endpoint;
        LinkBase { endpoint, is_trusted: &is_trusted, current, name }.resolve(link)
    }

    pub(crate) fn trusted_hosts(&self) -> &TrustedHosts {
        &self.inner.trusted_hosts
    }

    /// Returns the data that a request takes from the client.
    ///
    /// # Errors
    /// If the call options contain a value that cannot be sent.
    pub(crate) fn request_context(&self) -> Result<RequestContext<'_>> {
        Ok(RequestContext {
            endpoint: &self.inner.endpoint,
            api_version: &self.inner.api_version,
            pinned_api_version: self.options().pinned_api_version()?,
            headers: self.options().headers()?,
        })
    }

    /// Returns the secrets that an error of a request with this `Authorization` must not show.
    pub(crate) fn secrets(&self, authorization: Option<&HeaderValue>) -> Secrets {
        let mut secrets = Secrets::default();
        for secret in self.inner.credential.secrets() {
            secrets.add(&secret);
        }
        if let Some(value) = authorization.and_then(|value| str::from_utf8(value.as_bytes()).ok()) {
            // Neither the scheme nor the names of the signed headers are secret.
            let secret = value.rsplit_once("Signature=").or_else(|| value.split_once(' '));
            secrets.add(secret.map_or(value, |(_, secret)| secret));
        }
        secrets
    }
}

/// Returns the transport of a client, for requests other than calls.
pub fn transport_of(client: &Client) -> Arc<dyn Transport> {
    Arc::clone(&client.inner.transport)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.inner.endpoint)
            .field("credential", &self.inner.credential)
            .finish_non_exhaustive()
    }
}
