//! The signed URLs that the service calls.

use std::fmt;
use std::sync::Arc;

use http::Uri;

use super::error::WebhookError;
use crate::__private::SigningKey;
use crate::{Error, ErrorKind, RandomSource, Result, Secret, SystemRandomSource};

/// The shortest secret that is accepted, in bytes.
const SHORTEST_SECRET: usize = 16;
/// The longest name of an instance, in bytes: DNS labels have 63.
const LONGEST_INSTANCE: usize = 63;

/// Creates the URLs that the service calls, and checks the requests to them.
///
/// Each URL is valid for one call and contains a signature (HMAC-SHA256) of the route, the call and
/// the instance. Nothing has to be stored: any instance with the same secret can check the
/// signature, even after a restart. Signatures are compared in constant time.
///
/// ```
/// use acs_rest::webhook::{WebhookRoute, WebhookUrls};
///
/// let urls = WebhookUrls::new("https://bot.contoso.example/acs", "a long random secret of yours")?;
/// let urls = urls.instance("bot-0")?;
/// let callback = urls.url(WebhookRoute::Callbacks); // for `AnswerCallRequest::new`
/// assert!(callback.starts_with("https://bot.contoso.example/acs/callbacks?instance=bot-0&call="));
///
/// let checked = urls.check(WebhookRoute::Callbacks, &callback.parse()?)?;
/// assert_eq!(checked.instance.as_deref(), Some("bot-0"));
/// assert!(urls.check(WebhookRoute::Audio, &callback.parse()?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Since proxies on the path may log the signature, also check the token of each request with a
/// [`WebhookVerifier`](super::WebhookVerifier).
#[derive(Clone)]
pub struct WebhookUrls {
    base: Arc<str>,
    key: Arc<SigningKey>,
    instance: Option<Arc<str>>,
}

/// The purpose of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookRoute {
    /// The events of a call: the `callback_uri`.
    Callbacks,
    /// The notifications of Event Grid: the endpoint of the subscription.
    EventGrid,
    /// The WebSocket of the audio or of a transcription: the `transport_url`.
    Audio,
}

impl WebhookRoute {
    /// Returns the path after the base, such as `/callbacks`.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Callbacks => "/callbacks",
            Self::EventGrid => "/event-grid",
            Self::Audio => "/audio",
        }
    }
}

/// The contents of a request URL whose signature was checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CheckedUrl {
    /// The name of the instance that created the URL and awaits its events, if it has one.
    pub instance: Option<String>,
    /// The random id of the URL, which differs for each call.
    pub call: String,
}

impl WebhookUrls {
    /// Creates URLs below `base`, the public https URL of your server (http on loopback). The
    /// secret must be random, at least 16 bytes long, and the same in all instances.
    ///
    /// # Errors
    /// If `base` is not such a URL, if the secret is too short, or if neither of the features
    /// `ring` and `aws-lc-rs` is enabled.
    pub fn new(base: impl Into<String>, secret: impl Into<Secret>) -> Result<Self> {
        let (base, secret) = (base.into(), secret.into());
        let base = base.trim_end_matches('/');
        check_base(base)?;
        if secret.secret().len() < SHORTEST_SECRET {
            let text = format!(
                "the secret of the webhook URLs has fewer than {SHORTEST_SECRET} bytes; use a random one"
            );
            return Err(Error::new(ErrorKind::Configuration, text));
        }
        let key = SigningKey::new(secret.secret().as_bytes())?;
        Ok(Self { base: base.into(), key: Arc::new(key), instance: None })
    }

    /// Sets the name of the instance that awaits the events of the URLs. It consists of letters,
    /// digits, `-`, `_` and `.`.
    ///
    /// # Errors
    /// If the name is empty, is longer than 63 bytes, or contains other characters.
    pub fn instance(mut self, name: impl AsRef<str>) -> Result<Self> {
        let name = name.as_ref();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if name.is_empty() || name.len() > LONGEST_INSTANCE || !name.bytes().all(is_plain) {
            let text = "the name of an instance has 1 to 63 letters, digits, `-`, `_` and `.`";
            return Err(Error::new(ErrorKind::Configuration, text));
        }
        self.instance = Some(name.into());
        Ok(self)
    }

    /// Returns the name of this instance, if it has one.
    #[must_use]
    pub fn instance_name(&self) -> Option<&str> {
        self.instance.as_deref()
    }

    /// Returns a URL for one call. For [`WebhookRoute::Audio`], it has the scheme of WebSockets.
    /// The URL for Event Grid is always the same and names no instance: use it as the endpoint of
    /// the subscription.
    #[must_use]
    pub fn url(&self, route: WebhookRoute) -> String {
        let base = match route {
            WebhookRoute::Audio => self.base.replacen("http", "ws", 1),
            _ => self.base.to_string(),
        };
        let (instance, call) = match route {
            WebhookRoute::EventGrid => (None, "all".to_owned()),
            _ => (self.instance.as_deref(), format!("{:032x}", SystemRandomSource.random())),
        };
        let signature = self.signature(route, instance, &call);
        let instance = instance.map(|name| format!("instance={name}&")).unwrap_or_default();
        format!("{base}{}?{instance}call={call}&signature={signature}", route.path())
    }

    /// Checks the signature of a request URL. The path is not checked, since your router matches
    /// it.
    ///
    /// # Errors
    /// [`NotAuthentic`](super::WebhookErrorKind::NotAuthentic) if the URL has no signature or an
    /// invalid one.
    pub fn check(
        &self,
        route: WebhookRoute,
        uri: &Uri,
    ) -> std::result::Result<CheckedUrl, WebhookError> {
        let parameter = |name: &str| {
            let parameters = uri.query().unwrap_or_default().split('&');
            parameters.filter_map(|it| it.split_once('=')).find(|it| it.0 == name).map(|it| it.1)
        };
        let (instance, call) = (parameter("instance"), parameter("call").unwrap_or_default());
        let expected = Secret::from(self.signature(route, instance, call));
        if expected != Secret::from(parameter("signature").unwrap_or_default()) {
            return Err(WebhookError::not_authentic("the URL is not signed with the secret"));
        }
        Ok(CheckedUrl { instance: instance.map(str::to_owned), call: call.to_owned() })
    }

    /// Returns the signature in hexadecimal. The parts are separated by line feeds, which none of
    /// them contains.
    fn signature(&self, route: WebhookRoute, instance: Option<&str>, call: &str) -> String {
        let instance = instance.unwrap_or_default();
        let parts = [route.path(), "\n", instance, "\n", call].map(str::as_bytes);
        let signature = self.key.sign(parts);
        signature.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Checks that the URL is https, which the service requires, or http on loopback for an emulator.
fn check_base(base: &str) -> Result<()> {
    let uri: Option<Uri> = base.parse().ok();
    let has_query = base.contains(['?', '#']);
    match uri.as_ref().and_then(|uri| uri.host().map(|host| (uri.scheme_str(), host))) {
        Some((Some("https"), _)) if !has_query => Ok(()),
        Some((Some("http"), "127.0.0.1" | "localhost" | "[::1]")) if !has_query => Ok(()),
        _ => Err(Error::new(
            ErrorKind::Configuration,
            "the base of the webhook URLs is not an `https://…` URL without a query",
        )),
    }
}

impl fmt::Debug for WebhookUrls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookUrls")
            .field("base", &self.base)
            .field("instance", &self.instance)
            .finish_non_exhaustive()
    }
}
