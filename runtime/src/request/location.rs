//! A URL that the service handed out → where the request goes, if that host may be trusted.

use http::{HeaderName, HeaderValue};

use super::link::{exact, is_uri_byte, origin};
use super::range::ByteRange;
use super::{Call, Parts, TARGET_LIMIT};
use crate::client::Client;
use crate::endpoint::{Endpoint, redacted};
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::text::shown;

/// Tells a host that is not the resource's own which resource is meant; signatures cover it.
pub(crate) const HOST: HeaderName = HeaderName::from_static("x-ms-host");

/// An absolute URL that came from outside, taken apart.
#[derive(Debug)]
struct Location {
    endpoint: Endpoint,
    /// Path and query, byte for byte.
    target: String,
}

/// Puts together a call that goes to `location`. Its host must be one of `hosts`, in which a `*`
/// stands for letters, digits and `-`, or one that the client was told to trust.
///
/// The client's own endpoint is no exception: there, a forged URL could name any operation.
pub fn call_at(
    client: &Client,
    operation: &'static Operation,
    location: &str,
    hosts: &[&str],
    range: ByteRange,
) -> Call {
    let parts = Location::parse(location)
        .and_then(|location| location.trusted_by(client, hosts))
        .and_then(|location| parts(client, location, range));
    Call { client: client.clone(), operation, parts }
}

/// A host that [`ClientBuilder::trusted_host`](crate::ClientBuilder::trusted_host) was given.
pub(crate) fn trusted(host: &str) -> Result<Endpoint> {
    let parsed = match host.contains('/') {
        true => Err("give the host alone, such as `recordings.contoso.example` or `h:8443`"),
        false => Endpoint::parse(&format!("https://{host}")),
    };
    parsed.map_err(|reason| {
        Error::configuration(format!("trusted host `{}`: {reason}", redacted(host)))
    })
}

impl Location {
    /// The text of a refused location is not shown: it may hold a token.
    fn parse(text: &str) -> Result<Self> {
        let refused = |reason: &str| Error::argument(format!("the location is refused: {reason}"));
        if text.len() > TARGET_LIMIT {
            return Err(refused("it is longer than 32 KiB"));
        }
        if !text.bytes().all(is_uri_byte) {
            return Err(refused("it holds a fragment, or a character that no URL has"));
        }
        let (origin, target) = origin(text).ok_or_else(|| refused("it is no absolute URL"))?;
        let endpoint = Endpoint::parse(origin).map_err(refused)?;
        let target = exact(target).map_err(|reason| refused(&format!("it {reason}")))?;
        Ok(Self { endpoint, target })
    }

    fn trusted_by(self, client: &Client, hosts: &[&str]) -> Result<Self> {
        let address = |endpoint: &Endpoint| (endpoint.host().to_owned(), endpoint.port());
        let ours = || client.shared().trusted_hosts.iter().map(address);
        let authority = self.endpoint.authority();
        if hosts.iter().any(|host| matches(host, authority))
            || ours().any(|host| host == address(&self.endpoint))
        {
            return Ok(self);
        }
        Err(Error::argument(format!(
            "the location is on `{}`, which is no host of the service, so that no credential is sent there; if it is yours, name it to `ClientBuilder::trusted_host`",
            shown(authority)
        )))
    }
}

/// Whether `authority` is `pattern`, in which a `*` stands for a part of one label.
fn matches(pattern: &str, authority: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == authority;
    };
    let part = authority.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    part.is_some_and(|part| !part.is_empty() && part.bytes().all(plain))
}

fn parts(client: &Client, location: Location, range: ByteRange) -> Result<Parts> {
    let mut headers = client.options().headers()?.to_vec();
    // A client of a gateway says itself which resource it means.
    if headers.iter().all(|(name, _)| name != HOST) {
        let resource = HeaderValue::try_from(client.endpoint().authority());
        headers.push((HOST, resource.expect("an authority is a header value")));
    }
    headers.extend(range.header()?);
    let Location { endpoint, target } = location;
    Ok(Parts { target, headers, body: None, elsewhere: Some(endpoint) })
}

#[cfg(test)]
mod tests {
    use http::Method;
    use proptest::prelude::*;

    use super::*;
    use crate::credential::AccessKey;
    use crate::error::ErrorKind;
    use crate::operation::PathPiece;

    const HOSTS: &[&str] = &["storage.example", "*-storage.example"];
    static GET: Operation = Operation::new(Method::GET, &[PathPiece::Placeholder("location")]);

    /// Authority and target of the call, or why there is none.
    fn located(location: &str) -> Result<(String, String)> {
        let key = AccessKey::new("pw==").unwrap();
        let client = Client::builder("https://contoso.example", key)
            .trusted_host("Own.example:8443")
            .trusted_host("127.0.0.1:80")
            .build()?;
        let parts = call_at(&client, &GET, location, HOSTS, ByteRange::ALL).parts?;
        Ok((parts.elsewhere.unwrap().authority().to_owned(), parts.target))
    }

    #[test]
    fn a_trusted_host_given_wrongly_shows_no_secret() {
        for host in ["endpoint=https://x/;accesskey=S3CRET", "h/?sig=S3CRET", "user:S3CRET@h/"] {
            let error = trusted(host).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(!format!("{error} {error:?}").contains("S3CRET"), "{error}");
        }
    }

    #[test]
    fn a_location_on_a_trusted_host_is_kept_byte_for_byte() {
        for (location, authority, target) in [
            ("https://storage.example/v1/a%2Fb/content", "storage.example", "/v1/a%2Fb/content"),
            ("HTTPS://Storage.EXAMPLE:443/a?sig=x%3D&y=+", "storage.example", "/a?sig=x%3D&y=+"),
            ("https://fr-storage.example/a", "fr-storage.example", "/a"),
            ("https://eu-2-storage.example/a;b:c@d", "eu-2-storage.example", "/a;b:c@d"),
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
            "https://-storage.example/a",
            "https://evil.fr-storage.example/a",
            "https://evil.example/fr-storage.example",
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
            let error = trusted(host).unwrap_err();
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
