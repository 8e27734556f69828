//! The handle that operations are called on.

mod builder;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

pub use self::builder::ClientBuilder;
use crate::budget::Budget;
use crate::clock::Clock;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::options::CallOptions;
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
    /// None, as most clients have none.
    options: Option<Arc<CallOptions>>,
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
    api_version: Cow<'static, str>,
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
        let options = Arc::new(self.options().overlaid(options));
        Self { shared: Arc::clone(&self.shared), options: Some(options) }
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
        static NONE: CallOptions = CallOptions::new();
        self.options.as_deref().unwrap_or(&NONE)
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
