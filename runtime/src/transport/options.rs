//! The options of the built-in transports.

use std::net::SocketAddr;
use std::time::Duration;

use super::proxy::ProxyOptions;

/// Options of a built-in transport.
///
/// For the transport that a client creates, set the options with the methods of
/// [`ClientBuilder`](crate::ClientBuilder) that have the same names. Use this type for a transport
/// that you create and pass to [`ClientBuilder::transport`](crate::ClientBuilder::transport).
///
/// ```
/// use std::time::Duration;
///
/// use acs_rest::transport::{ReqwestTransport, TransportOptions};
/// use acs_rest::{Client, UserToken};
///
/// let options = TransportOptions::new()
///     .connect_timeout(Duration::from_secs(5))
///     .proxy("http://proxy.contoso.example:3128");
/// let client = Client::builder("https://contoso.communication.azure.com", UserToken::new("eyJ"))
///     .transport(ReqwestTransport::with_options(options)?)
///     .build()?;
/// # Ok::<(), acs_rest::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "options do nothing until a transport is made with them"]
pub struct TransportOptions {
    pub(super) connect_timeout: Duration,
    pub(super) pool_idle_timeout: Duration,
    pub(super) http1_only: bool,
    pub(super) proxy: Option<ProxyOptions>,
    /// In PEM or DER, checked when the transport is created.
    pub(super) root_certificates: Vec<Vec<u8>>,
    pub(super) resolved: Vec<(String, Vec<SocketAddr>)>,
}

impl TransportOptions {
    /// Creates the default options: a connect timeout of 10 seconds, an idle timeout of 30 seconds,
    /// HTTP/2 where the server offers it (reqwest needs the feature `http2`), no proxy, and the
    /// trust store of the system.
    pub fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            pool_idle_timeout: Duration::from_secs(30),
            http1_only: false,
            proxy: None,
            root_certificates: Vec::new(),
            resolved: Vec::new(),
        }
    }

    /// Sets the timeout for opening a connection: name resolution, the attempts at all addresses,
    /// the tunnel through a proxy and TLS together. On an HTTP/2 connection, it also limits the
    /// wait for a free stream.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long an unused connection is kept; zero keeps none.
    ///
    /// If the server closes a connection while a request is being sent, the outcome of the request
    /// is unknown. The default of 30 seconds is shorter than the usual idle timeouts of servers and
    /// load balancers (60 seconds and more), and therefore the client usually closes the connection
    /// first.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = timeout;
        self
    }

    /// Disables HTTP/2.
    pub fn http1_only(mut self) -> Self {
        self.http1_only = true;
        self
    }

    /// Sends https requests through the proxy at `url`, such as
    /// `http://user:password@proxy.example:3128`; the scheme is `http` or `https`.
    ///
    /// The proxy receives a `CONNECT` request ([RFC 9110, section 9.3.6]) with the name and port of
    /// the host and, if the URL has a user, `Proxy-Authorization`. Everything else is encrypted by
    /// TLS. Requests to loopback addresses bypass the proxy.
    ///
    /// [RFC 9110, section 9.3.6]: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(ProxyOptions::new(url.into()));
        self
    }

    /// Reads the proxy from the environment, as curl does: from the first of `HTTPS_PROXY`,
    /// `https_proxy`, `ALL_PROXY` and `all_proxy` that is set. `NO_PROXY` or `no_proxy` lists the
    /// hosts that bypass the proxy, separated by commas: names (including their subdomains), IP
    /// addresses, networks such as `10.0.0.0/8`, or `*`.
    ///
    /// Without these variables, no proxy is used. This method reads them once.
    pub fn proxy_from_env(mut self) -> Self {
        self.proxy = ProxyOptions::from_env();
        self
    }

    /// Trusts a certificate authority in addition to those of the system: one or more certificates
    /// in PEM, or one in DER. Can be called repeatedly.
    pub fn root_certificate(mut self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem_or_der.into());
        self
    }

    /// Connects to these addresses for `host` instead of resolving its name, for a private endpoint
    /// without a DNS zone or for a test. The ports of the addresses are ignored; the port of the
    /// endpoint is used.
    pub fn resolve_to_addrs(
        mut self,
        host: impl Into<String>,
        addresses: impl IntoIterator<Item = SocketAddr>,
    ) -> Self {
        self.resolved.push((host.into().to_ascii_lowercase(), addresses.into_iter().collect()));
        self
    }
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self::new()
    }
}
