//! The responses to the requests of Call Automation and Event Grid, with the types of `http`.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
#[cfg(feature = "axum")]
use tracing::Span;
use tracing::{info_span, warn};

use super::WebhookVerifier;
use super::error::WebhookError;
use super::forward::{EventForwarder, Forwarded};
use super::tasks::Tasks;
use super::upgrade::StreamingUpgrade;
use super::urls::{CheckedUrl, WebhookRoute, WebhookUrls};
use crate::event_grid::{self, CloudEventsHandshake, GridEvent, GridEventKind, IncomingCall};
use crate::event_processor::{EventProcessor, RecentSet};

/// How long an event of Event Grid is remembered. Deliveries are retried for a day, but an incoming
/// call does not ring that long.
const ID_RETENTION: Duration = Duration::from_secs(10 * 60);
const MAX_IDS: usize = 100_000;
/// The timeout for forwarding events to another instance.
const FORWARD_TIMEOUT: Duration = Duration::from_secs(3);

type Handler = Arc<dyn Fn(GridEvent) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// Responds to the requests of Call Automation and of Event Grid.
///
/// It depends on the types of `http` only: pass it the parts of a request of any server, or use
/// `acs_rest::axum::routes`. Clones share the handlers that run in the background.
///
/// ```
/// use acs_rest::event_processor::EventProcessor;
/// use acs_rest::http::{HeaderMap, Uri};
/// use acs_rest::webhook::{WebhookRoute, WebhookUrls, WebhookVerifier, Webhooks};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let urls = WebhookUrls::new("https://bot.contoso.example", "a long random secret of yours")?;
/// let uri: Uri = urls.url(WebhookRoute::Callbacks).parse()?;
/// let webhooks = Webhooks::new(urls, EventProcessor::new())
///     .verifier(WebhookVerifier::new("0a1b2c3d-0000-4000-8000-000000000000"))
///     .on_incoming_call(|call| async move { println!("a call from {:?}", call.from) });
///
/// let response = webhooks.callback(&uri, &HeaderMap::new(), b"[]").await;
/// assert_eq!(response.status(), 401); // no token
/// # Ok(())
/// # }
/// ```
///
/// | status | reason |
/// | --- | --- |
/// | 200 | the events were processed, or their handlers are running in the background |
/// | 400 | the body is not JSON |
/// | 401 | the URL is not signed with the secret, or the token was not issued by the service |
/// | 405 | Event Grid sends `POST` and `OPTIONS` only |
/// | 503 | the keys of tokens are unavailable, the instance that awaits the events cannot be reached, or the server is shutting down; the sender tries again |
#[derive(Clone)]
pub struct Webhooks {
    urls: WebhookUrls,
    processor: EventProcessor,
    verifier: Option<WebhookVerifier>,
    forwarder: Option<Arc<dyn EventForwarder>>,
    handler: Option<Handler>,
    ids: Arc<Mutex<RecentSet>>,
    tasks: Tasks,
}

impl Webhooks {
    /// Creates webhooks for the given URLs. The processor receives the events of calls.
    #[must_use]
    pub fn new(urls: WebhookUrls, processor: EventProcessor) -> Self {
        let ids = Arc::new(Mutex::new(RecentSet::new(ID_RETENTION, MAX_IDS)));
        let tasks = Tasks::new();
        Self { urls, processor, verifier: None, forwarder: None, handler: None, ids, tasks }
    }

    /// Adds a verifier, which checks the token of each request from Call Automation. Without one,
    /// only the signature of the URL authenticates a request.
    #[must_use]
    pub fn verifier(mut self, verifier: WebhookVerifier) -> Self {
        self.verifier = Some(verifier);
        self
    }

    /// Sets the forwarder, which forwards events to the instance that awaits them.
    #[must_use]
    pub fn forwarder(mut self, forwarder: impl EventForwarder) -> Self {
        self.forwarder = Some(Arc::new(forwarder));
        self
    }

    /// Sets the handler of the events of Event Grid. It runs in the background, once for each
    /// event, and is not called for handshakes. It replaces a handler that was set with
    /// [`on_incoming_call`](Self::on_incoming_call).
    #[must_use]
    pub fn on_grid_event<F>(
        mut self,
        handler: impl Fn(GridEvent) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.handler = Some(Arc::new(move |event| Box::pin(handler(event))));
        self
    }

    /// Sets the handler of incoming calls. It runs in the background, once for each call. Other
    /// events from Event Grid are ignored.
    #[must_use]
    pub fn on_incoming_call<F>(
        self,
        handler: impl Fn(IncomingCall) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let handler = Arc::new(handler);
        self.on_grid_event(move |event| {
            let handler = Arc::clone(&handler);
            async move {
                if let GridEventKind::IncomingCall(call) = event.kind {
                    handler(call).await;
                }
            }
        })
    }

    /// Returns the URLs that the service calls.
    #[must_use]
    pub fn urls(&self) -> &WebhookUrls {
        &self.urls
    }

    /// Responds to a request with events of a call.
    pub async fn callback(&self, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Response<String> {
        let url = match self.authenticate(WebhookRoute::Callbacks, uri, headers).await {
            Ok(url) => url,
            Err(error) => return refused(&error),
        };
        match self.forward(&url, body).await {
            Ok(Forwarded::Delivered) => status(StatusCode::OK),
            Ok(Forwarded::NoSuchInstance) => match self.processor.process(body) {
                Ok(()) => status(StatusCode::OK),
                Err(error) => {
                    warn!(error = %error, "a body of events cannot be read");
                    status(StatusCode::BAD_REQUEST)
                }
            },
            Err(reason) => {
                warn!(error = reason, instance = url.instance, "events were not forwarded");
                status(StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }

    /// Responds to a request from Event Grid: a handshake in either schema, or events.
    pub async fn event_grid(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Response<String> {
        if let Err(error) = self.urls.check(WebhookRoute::EventGrid, uri) {
            return refused(&error);
        }
        match *method {
            Method::OPTIONS => handshake(headers),
            Method::POST if self.tasks.is_closed() => status(StatusCode::SERVICE_UNAVAILABLE),
            Method::POST => self.grid_events(body),
            _ => status(StatusCode::METHOD_NOT_ALLOWED),
        }
    }

    /// Checks the request that opens the WebSocket of the audio. Respond with 101, or with the
    /// [status](super::WebhookErrorKind::status) of the error.
    ///
    /// # Errors
    /// If the URL is not signed, or the token was not issued by the service.
    pub async fn audio(
        &self,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<StreamingUpgrade, WebhookError> {
        self.authenticate(WebhookRoute::Audio, uri, headers).await?;
        StreamingUpgrade::read(headers)
    }

    /// Refuses new notifications and waits until the running handlers have ended. Returns false if
    /// they have not ended after `patience`. Events of their calls are still accepted: stop the
    /// server afterwards.
    pub async fn shutdown(&self, patience: Duration) -> bool {
        self.tasks.close(patience).await
    }

    /// Runs a handler in the background.
    #[cfg(feature = "axum")]
    pub(crate) fn run(&self, span: Span, handler: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(span, handler);
    }

    async fn authenticate(
        &self,
        route: WebhookRoute,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<CheckedUrl, WebhookError> {
        let url = self.urls.check(route, uri)?;
        if let Some(verifier) = &self.verifier {
            verifier.verify(headers).await?;
        }
        Ok(url)
    }

    /// Forwards a body if another instance awaits it. The error is a text for the log.
    async fn forward(&self, url: &CheckedUrl, body: &[u8]) -> Result<Forwarded, String> {
        let other = url.instance.as_deref().filter(|it| Some(*it) != self.urls.instance_name());
        let (Some(forwarder), Some(instance)) = (&self.forwarder, other) else {
            return Ok(Forwarded::NoSuchInstance);
        };
        let forwarded = forwarder.forward(instance, body);
        match tokio::time::timeout(FORWARD_TIMEOUT, forwarded).await {
            Ok(forwarded) => forwarded.map_err(|error| error.to_string()),
            Err(_) => Err(format!("not within {FORWARD_TIMEOUT:?}")),
        }
    }

    fn grid_events(&self, body: &[u8]) -> Response<String> {
        let events = match event_grid::parse(body) {
            Ok(events) => events,
            Err(error) => {
                warn!(error = %error, "a body of events cannot be read");
                return status(StatusCode::BAD_REQUEST);
            }
        };
        for event in events {
            match event.map(|event| (event.kind.clone(), event)) {
                Ok((GridEventKind::SubscriptionValidation(question), _)) => {
                    return json(question.response_body());
                }
                Ok((_, event)) => self.handle(event),
                Err(error) => warn!(error = %error, "an event of Event Grid cannot be read"),
            }
        }
        status(StatusCode::OK)
    }

    /// Runs the handler for an event that has not been received before.
    fn handle(&self, event: GridEvent) {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = ids.insert(Instant::now(), &(&event.source, &event.id));
        drop(ids);
        let Some(handler) = self.handler.as_ref().filter(|_| is_new) else { return };
        let correlation_id = match &event.kind {
            GridEventKind::IncomingCall(call) => call.correlation_id.as_deref(),
            _ => None,
        };
        let span = info_span!(
            "acs_rest.notification",
            otel.kind = "consumer",
            otel.name = event.event_type,
            cloudevents.event_id = event.id,
            cloudevents.event_type = event.event_type,
            acs.correlation_id = correlation_id,
        );
        self.tasks.spawn(span, handler(event));
    }
}

fn handshake(headers: &HeaderMap) -> Response<String> {
    let Some(handshake) = CloudEventsHandshake::from_headers(headers) else {
        return status(StatusCode::BAD_REQUEST);
    };
    let mut response = status(StatusCode::OK);
    *response.headers_mut() = handshake.response_headers();
    response
}

fn json(body: String) -> Response<String> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn refused(error: &WebhookError) -> Response<String> {
    warn!(error = %error, "refused a request");
    status(error.kind().status())
}

fn status(status: StatusCode) -> Response<String> {
    let mut response = Response::new(String::new());
    *response.status_mut() = status;
    response
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks")
            .field("urls", &self.urls)
            .field("verifier", &self.verifier)
            .finish_non_exhaustive()
    }
}
