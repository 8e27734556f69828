//! Forwarding of events through Redis.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use ::redis::aio::{ConnectionManager, PubSub};
use ::redis::{Client, Msg, RedisError, cmd};
use futures_core::Stream;
use tokio::task::JoinHandle;
use tokio::time::{interval, sleep};
use tracing::{Instrument, info_span, warn};

use super::forward::{EventForwarder, ForwardFuture, Forwarded};
use crate::event_processor::EventProcessor;
use crate::{Error, ErrorKind, Result};

/// How long an instance counts as present after its last announcement, in seconds.
const PRESENCE_SECONDS: u64 = 30;
/// The interval between announcements.
const PRESENCE_INTERVAL: Duration = Duration::from_secs(10);
/// The delay after a failure before the next attempt to subscribe.
const RETRY_PAUSE: Duration = Duration::from_secs(1);

/// Forwards events with the publish/subscribe commands of Redis, and receives the events that other
/// instances forward.
///
/// Forwarding a request takes one round trip: `PUBLISH` returns the number of instances that
/// received it. If no instance did, although the named instance was present within the last 30
/// seconds, the response to the callback is 503, and the service sends the callback again. Nothing
/// has to be stored.
///
/// ```no_run
/// use acs_rest::event_processor::EventProcessor;
/// use acs_rest::webhook::{RedisForwarder, WebhookUrls, Webhooks};
///
/// # async fn start() -> Result<(), Box<dyn std::error::Error>> {
/// let (instance, processor) = (std::env::var("HOSTNAME")?, EventProcessor::new());
/// let urls = WebhookUrls::new("https://bot.contoso.example", std::env::var("SECRET")?)?;
/// let urls = urls.instance(&instance)?;
/// let redis = std::env::var("REDIS_URL")?; // such as redis://cache.internal:6379
/// let forwarder = RedisForwarder::connect(redis, instance, processor.clone()).await?;
/// let webhooks = Webhooks::new(urls, processor).forwarder(forwarder);
/// # drop(webhooks);
/// # Ok(())
/// # }
/// ```
///
/// For `rediss://…`, enable a TLS feature of the crate `redis`, such as `tokio-rustls-comp`. Anyone
/// who can publish on the Redis server can forge events: do not share the server.
pub struct RedisForwarder {
    connection: ConnectionManager,
    receiver: JoinHandle<()>,
}

impl RedisForwarder {
    /// Connects to Redis, and passes the events that are forwarded to `instance` to `processor`.
    /// `instance` is the name in [`WebhookUrls::instance`](super::WebhookUrls::instance). A lost
    /// connection is established again.
    ///
    /// # Errors
    /// If the server cannot be reached.
    pub async fn connect(
        url: impl AsRef<str>,
        instance: impl Into<String>,
        processor: EventProcessor,
    ) -> Result<Self> {
        let client = Client::open(url.as_ref()).map_err(unreachable)?;
        let connection = client.get_connection_manager().await.map_err(unreachable)?;
        let receiver = Receiver {
            client,
            connection: connection.clone(),
            instance: instance.into(),
            processor,
        };
        let subscribed = receiver.subscribe().await.map_err(unreachable)?;
        let receiver = tokio::spawn(receiver.run(subscribed));
        Ok(Self { connection, receiver })
    }
}

impl EventForwarder for RedisForwarder {
    fn forward<'a>(&'a self, instance: &'a str, body: &'a [u8]) -> ForwardFuture<'a> {
        let mut connection = self.connection.clone();
        let span = info_span!(
            "acs_rest.forward",
            otel.kind = "producer",
            messaging.system = "redis",
            messaging.destination.name = channel(instance),
        );
        let forward = async move {
            let mut publish = cmd("PUBLISH");
            let publish = publish.arg(channel(instance)).arg(body);
            let receivers: u64 = publish.query_async(&mut connection).await?;
            if receivers > 0 {
                return Ok(Forwarded::Delivered);
            }
            match cmd("EXISTS").arg(presence(instance)).query_async(&mut connection).await? {
                false => Ok(Forwarded::NoSuchInstance),
                true => Err(format!("the instance `{instance}` does not listen now").into()),
            }
        };
        Box::pin(forward.instrument(span))
    }
}

/// Receives the events that are forwarded to an instance.
struct Receiver {
    client: Client,
    connection: ConnectionManager,
    instance: String,
    processor: EventProcessor,
}

impl Receiver {
    async fn run(mut self, subscribed: PubSub) {
        let mut next = Ok(subscribed);
        loop {
            let error = match next {
                Ok(subscribed) => self.receive(subscribed).await,
                Err(error) => error,
            };
            warn!(error = %error, instance = self.instance, "Redis is lost; subscribing again");
            sleep(RETRY_PAUSE).await;
            next = self.subscribe().await;
        }
    }

    async fn subscribe(&self) -> Result<PubSub, RedisError> {
        let mut subscribed = self.client.get_async_pubsub().await?;
        subscribed.subscribe(channel(&self.instance)).await?;
        Ok(subscribed)
    }

    /// Processes messages until the connection is lost.
    async fn receive(&mut self, mut subscribed: PubSub) -> RedisError {
        let mut messages = pin!(subscribed.on_message());
        let mut ticks = interval(PRESENCE_INTERVAL);
        loop {
            tokio::select! {
                message = poll_fn(|context| messages.as_mut().poll_next(context)) => match message {
                    Some(message) => self.process(&message),
                    None => return std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into(),
                },
                _ = ticks.tick() => if let Err(error) = self.announce().await {
                    return error;
                },
            }
        }
    }

    fn process(&self, message: &Msg) {
        if let Err(error) = self.processor.process(message.get_payload_bytes()) {
            warn!(error = %error, "a forwarded body of events cannot be read");
        }
    }

    /// Announces that this instance is present.
    async fn announce(&mut self) -> Result<(), RedisError> {
        let mut set = cmd("SET");
        let set = set.arg(presence(&self.instance)).arg(1).arg("EX").arg(PRESENCE_SECONDS);
        set.exec_async(&mut self.connection).await
    }
}

fn channel(instance: &str) -> String {
    format!("acs-rest:events:{instance}")
}

fn presence(instance: &str) -> String {
    format!("acs-rest:instance:{instance}")
}

/// Returns an error that does not show the URL, which may contain a password.
fn unreachable(error: RedisError) -> Error {
    let text = format!("the Redis server cannot be used: {}", error.category());
    Error::new(ErrorKind::Configuration, text)
}

impl Drop for RedisForwarder {
    fn drop(&mut self) {
        self.receiver.abort();
    }
}

impl fmt::Debug for RedisForwarder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisForwarder").finish_non_exhaustive()
    }
}
