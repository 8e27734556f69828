//! The options that both built-in transports share.

use std::net::SocketAddr;
use std::time::Duration;

use super::proxy::ProxyOptions;

/// Options of a built-in transport.
///
/// The methods of [`ClientBuilder`](crate::ClientBuilder) with the same names set them for the
/// transport that a client creates for itself. Use this type for a transport that you create and
/// pass to [`ClientBuilder::transport`](crate::ClientBuilder::transport).
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
    /// PEM or DER, checked when the transport is created.
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

    /// Sets the time for a connection: name resolution, every address that is tried, the tunnel
    /// through a proxy and TLS together. On an HTTP/2 connection it also limits the wait for a
    /// free stream.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long an unused connection is kept; zero keeps none.
    ///
    /// A connection that the server closes while a request is on its way leaves the outcome of that
    /// request unknown. The default of 30 seconds is shorter than the idle timeouts that servers
    /// and load balancers commonly have (60 seconds and more); the client then usually closes the
    /// connection first.
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
    /// The proxy gets a `CONNECT` request ([RFC 9110, section 9.3.6]) with the name and port of
    /// the host and, if the URL has a user, `Proxy-Authorization`. Everything else is inside TLS.
    /// Loopback addresses are reached without the proxy.
    ///
    /// [RFC 9110, section 9.3.6]: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(ProxyOptions::new(url.into()));
        self
    }

    /// Takes the proxy from the environment, as curl does: `HTTPS_PROXY`, `https_proxy`,
    /// `ALL_PROXY` or `all_proxy`, whichever is set first. `NO_PROXY` or `no_proxy` lists the
    /// hosts that are reached without it, separated by commas: names (with their subdomains), IP
    /// addresses, networks such as `10.0.0.0/8`, or `*`.
    ///
    /// Without these variables no proxy is used. They are read once, by this method.
    pub fn proxy_from_env(mut self) -> Self {
        self.proxy = ProxyOptions::from_env();
        self
    }

    /// Trusts this certificate authority besides those of the system: one or more certificates
    /// in PEM, or one in DER. Can be called repeatedly.
    pub fn root_certificate(mut self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem_or_der.into());
        self
    }

    /// Connects to these addresses for `host` instead of asking the system's resolver: for a
    /// private endpoint without a DNS zone, or a test. The ports of the addresses are ignored; the
    /// port of the endpoint applies.
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
