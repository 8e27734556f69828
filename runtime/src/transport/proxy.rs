//! The proxy of https requests.

use std::fmt;

use http::Uri;
#[cfg(feature = "hyper")]
use hyper_util::client::proxy::matcher::Matcher;

use crate::error::{Error, Result};

/// The loopback addresses, which always bypass the proxy.
const LOOPBACK: &str = "localhost,127.0.0.0/8,::1";

/// The URL of a proxy, which may contain a password, and the hosts that bypass the proxy.
#[derive(Clone)]
pub(super) struct ProxyOptions {
    url: String,
    no_proxy: String,
}

impl ProxyOptions {
    pub(super) fn new(url: String) -> Self {
        Self { url, no_proxy: LOOPBACK.to_owned() }
    }

    /// `None` if the environment names no proxy for https.
    pub(super) fn from_env() -> Option<Self> {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let first = |names: &[&str]| {
            let set = names.iter().filter_map(|name| variable(name));
            set.map(|value| value.trim().to_owned()).find(|value| !value.is_empty())
        };
        let url = first(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])?;
        let no_proxy = match first(&["NO_PROXY", "no_proxy"]) {
            Some(hosts) => format!("{hosts},{LOOPBACK}"),
            None => LOOPBACK.to_owned(),
        };
        Some(Self { url, no_proxy })
    }

    /// Checks that the URL names a proxy. Neither library checks it: both would connect directly.
    pub(super) fn check(&self) -> Result<()> {
        let is_usable = self.url.parse::<Uri>().is_ok_and(|url| {
            let is_http = url.scheme_str().is_none_or(|scheme| matches!(scheme, "http" | "https"));
            is_http && url.host().is_some_and(|host| !host.is_empty())
        });
        if is_usable {
            return Ok(());
        }
        Err(Error::configuration(
            "the URL of the proxy must be `http://host:port` or `https://host:port`, with \
             `user:password@` before the host if the proxy asks for them, percent-encoded",
        ))
    }

    #[cfg(feature = "hyper")]
    pub(super) fn matcher(&self) -> Matcher {
        Matcher::builder().https(&*self.url).no(&*self.no_proxy).build()
    }

    #[cfg(feature = "reqwest")]
    pub(super) fn for_reqwest(&self) -> Result<reqwest::Proxy> {
        let proxy = reqwest::Proxy::https(&*self.url).map_err(|_| {
            // The library's own error may show the URL.
            Error::configuration("the HTTP client does not accept the URL of the proxy")
        })?;
        Ok(proxy.no_proxy(reqwest::NoProxy::from_string(&self.no_proxy)))
    }
}

impl fmt::Debug for ProxyOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only the host: the text before it may contain a password.
        let host = self.url.rsplit('@').next().unwrap_or_default();
        f.debug_struct("ProxyOptions").field("host", &host).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Option<ProxyOptions> {
        ProxyOptions::from_variables(|name| {
            let found = variables.iter().find(|variable| variable.0 == name);
            found.map(|variable| variable.1.to_owned())
        })
    }

    #[test]
    fn the_proxy_is_read_from_the_environment_as_by_curl() {
        let url = |variables: &[_]| from(variables).map(|proxy| proxy.url);
        assert_eq!(url(&[]), None);
        assert_eq!(url(&[("HTTP_PROXY", "http://a:1"), ("NO_PROXY", "b")]), None);
        assert_eq!(url(&[("HTTPS_PROXY", ""), ("ALL_PROXY", " b:2 ")]).as_deref(), Some("b:2"));
        let both = [("all_proxy", "c:3"), ("https_proxy", "d:4")];
        assert_eq!(url(&both).as_deref(), Some("d:4"));
        let listed = from(&[("https_proxy", "d:4"), ("no_proxy", "x.example,10.0.0.0/8")]);
        assert_eq!(listed.unwrap().no_proxy, format!("x.example,10.0.0.0/8,{LOOPBACK}"));
    }

    #[test]
    fn a_url_that_names_no_proxy_is_refused_without_being_shown() {
        for url in ["http://proxy.example:3128", "https://u:p@proxy.example", "proxy.example:3128"]
        {
            assert!(ProxyOptions::new(url.into()).check().is_ok(), "{url}");
        }
        for url in ["", "socks5://u:secret@proxy.example:1080", "http://", "http://u:secret@/ x"] {
            let proxy = ProxyOptions::new(url.into());
            let error = proxy.check().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("secret"), "{url}");
        }
        let proxy = ProxyOptions::new("http://u:secret@proxy.example:3128".into());
        assert!(!format!("{proxy:?}").contains("secret"), "{proxy:?}");
    }

    #[cfg(feature = "hyper")]
    #[test]
    fn loopback_addresses_and_the_hosts_that_no_proxy_lists_are_reached_without_it() {
        let matcher = from(&[("HTTPS_PROXY", "proxy:3128"), ("NO_PROXY", "b.example,10.0.0.0/8")]);
        let matcher = matcher.unwrap().matcher();
        let is_proxied = |url: &str| matcher.intercept(&url.parse().unwrap()).is_some();
        for url in ["https://a.example", "https://notb.example", "https://11.0.0.1"] {
            assert!(is_proxied(url), "{url}");
        }
        for url in [
            "https://localhost:8443",
            "https://127.0.0.9",
            "https://[::1]:8443",
            "http://127.0.0.1:80",
            "https://b.example",
            "https://x.b.example",
            "https://10.9.8.7",
        ] {
            assert!(!is_proxied(url), "{url}");
        }
    }
}
