//! The hosts to which requests may be sent in addition to the client's endpoint.

use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::request::location::Location;
use crate::sanitize::escape_bounded;

/// Hosts, or `host:port`, that the user trusts with the credential.
#[derive(Debug, Default)]
pub(crate) struct TrustedHosts(Vec<Endpoint>);

impl TrustedHosts {
    /// Parses the arguments of [`ClientBuilder::trusted_host`](crate::ClientBuilder::trusted_host).
    pub(crate) fn parse(hosts: &[String]) -> Result<Self> {
        hosts.iter().map(|host| parse_host(host)).collect::<Result<_>>().map(Self)
    }

    /// Returns `location` if its host is one of these or matches one of the service's `patterns`.
    pub(crate) fn check(&self, location: Location, patterns: &[&str]) -> Result<Location> {
        let authority = location.endpoint.authority();
        let is_trusted = patterns.iter().any(|pattern| matches(pattern, authority));
        if is_trusted || self.contains(&location.endpoint) {
            return Ok(location);
        }
        Err(Error::argument(format!(
            "`{}` is not a host of the service; to send credentials there, add it with `ClientBuilder::trusted_host`",
            escape_bounded(authority)
        )))
    }

    pub(crate) fn contains(&self, endpoint: &Endpoint) -> bool {
        let address = |endpoint: &Endpoint| (endpoint.host().to_owned(), endpoint.port());
        self.0.iter().any(|host| address(host) == address(endpoint))
    }
}

fn parse_host(host: &str) -> Result<Endpoint> {
    let parsed = match host.contains('/') {
        true => Err("give the host alone, such as `recordings.contoso.example` or `h:8443`"),
        false => Endpoint::parse(&format!("https://{host}")),
    };
    parsed.map_err(|reason| Error::configuration(format!("a trusted host is invalid: {reason}")))
}

/// Whether `authority` matches `pattern`, in which a leading `*.` stands for any subdomain.
fn matches(pattern: &str, authority: &str) -> bool {
    let Some(domain) = pattern.strip_prefix("*.") else {
        return pattern == authority;
    };
    let subdomain = authority.strip_suffix(domain).and_then(|rest| rest.strip_suffix('.'));
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    subdomain.is_some_and(|subdomain| subdomain.split('.').all(is_label))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::ErrorKind;
    use crate::request::target::TARGET_LIMIT;

    const HOSTS: &[&str] = &["storage.example", "*.regions.example"];

    /// Returns the authority and the target of a location, or the reason why it is refused.
    fn located(location: &str) -> Result<(String, String)> {
        let hosts = ["Own.example:8443", "127.0.0.1:80"].map(String::from);
        let location = TrustedHosts::parse(&hosts)?.check(Location::parse(location)?, HOSTS)?;
        Ok((location.endpoint.authority().to_owned(), location.target))
    }

    #[test]
    fn an_invalid_trusted_host_is_not_shown() {
        for host in ["endpoint=https://x/;accesskey=S3CRET", "h/?sig=S3CRET", "user:S3CRET@h/"] {
            let error = parse_host(host).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(!format!("{error} {error:?}").contains("S3CRET"), "{error}");
        }
    }

    #[test]
    fn a_location_on_a_trusted_host_is_kept_byte_for_byte() {
        for (location, authority, target) in [
            ("https://storage.example/v1/a%2Fb/content", "storage.example", "/v1/a%2Fb/content"),
            ("HTTPS://Storage.EXAMPLE:443/a?sig=x%3D&y=+", "storage.example", "/a?sig=x%3D&y=+"),
            ("https://fr.regions.example/a", "fr.regions.example", "/a"),
            ("https://a.eu-2.regions.example/a;b:c@d", "a.eu-2.regions.example", "/a;b:c@d"),
            ("https://own.example:8443/a'b", "own.example:8443", "/a%27b"),
            ("http://127.0.0.1/a", "127.0.0.1", "/a"),
            ("https://storage.example", "storage.example", "/"),
        ] {
            let expected = (authority.to_owned(), target.to_owned());
            assert_eq!(located(location).unwrap(), expected, "{location}");
        }
    }

    #[test]
    fn any_other_location_is_an_argument_error() {
        for location in [
            "",
            "/v1/objects/a",
            "//storage.example/a",
            "storage.example/a",
            "http://storage.example/a",
            "ftp://storage.example/a",
            "javascript:alert(1)",
            "https:storage.example/a",
            "https://storage.example/../a",
            "https://storage.example/a/%2E%2e/b",
            "https://storage.example/a#b",
            "https://storage.example/a b",
            "https://storage.example/\r\na",
            "https://storage.example\\@evil.example/a",
            "https://u:p@storage.example/a",
            "https://storage.example@evil.example/a",
            "https://storage.example:8443/a",
            "https://storage.example./a",
            "https://storage.example.evil.example/a",
            "https://evilstorage.example/a",
            "https://regions.example/a",
            "https://.regions.example/a",
            "https://evil-regions.example/a",
            "https://fr.regions.example.evil.example/a",
            "https://evil.example/fr.regions.example",
            "https://own.example/a",
            "https://own.example:8444/a",
            "http://127.0.0.1:8080/a",
            "https://contoso.example/calling/callConnections/a",
        ] {
            let error = located(location).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Argument, "{location}");
        }
        assert!(located(&format!("https://storage.example/{}", "a".repeat(TARGET_LIMIT))).is_err());
    }

    #[test]
    fn a_refused_host_is_named_with_the_way_out() {
        let error = located("https://evil.example/a?sig=secret").unwrap_err().to_string();
        assert!(error.contains("`evil.example`") && error.contains("trusted_host"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn a_trusted_host_is_a_host() {
        for host in ["", "https://h", "h/", "u:p@h", "*.example", "h:", "h:0", "h?x", "h h", "ü"] {
            let error = parse_host(host).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{host}");
            assert!(!error.to_string().contains("u:p"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn no_text_leads_to_another_host(
            text in "\\PC{0,40}|https://[a-z@/:.?#*-]{0,8}storage\\.example[a-z@/:.?#%2e-]{0,12}"
        ) {
            if let Ok((authority, target)) = located(&text) {
                prop_assert!(HOSTS.iter().any(|host| matches(host, &authority)));
                prop_assert!(target.starts_with('/') && !target.contains('#'));
            }
        }
    }
}
