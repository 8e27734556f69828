//! Forwarding of events to the instance that awaits them.

use std::error::Error as StdError;
use std::pin::Pin;

/// The future of [`EventForwarder::forward`].
pub type ForwardFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Forwarded, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Forwards the body of a callback request to the instance that the URL names.
///
/// A load balancer does not know which instance awaits the events of a call. If it can route
/// requests by the query parameter `instance` of the callback URL, no forwarder is needed.
/// Otherwise, pass a forwarder, such as `RedisForwarder` (feature `redis`), to
/// [`Webhooks`](super::Webhooks).
///
/// The request has already been authenticated. The receiving instance passes the body to its
/// [`EventProcessor`](crate::event_processor::EventProcessor), which ignores duplicate events.
///
/// ```
/// use std::collections::HashMap;
///
/// use acs_rest::event_processor::EventProcessor;
/// use acs_rest::webhook::{EventForwarder, ForwardFuture, Forwarded};
///
/// /// Several instances in one process.
/// struct InProcess(HashMap<String, EventProcessor>);
///
/// impl EventForwarder for InProcess {
///     fn forward<'a>(&'a self, instance: &'a str, body: &'a [u8]) -> ForwardFuture<'a> {
///         Box::pin(async move {
///             let Some(processor) = self.0.get(instance) else {
///                 return Ok(Forwarded::NoSuchInstance);
///             };
///             processor.process(body)?;
///             Ok(Forwarded::Delivered)
///         })
///     }
/// }
/// ```
pub trait EventForwarder: Send + Sync + 'static {
    /// Forwards a body. The future completes when the instance has received the body. If it returns
    /// an error, the response to the request is 503, and the service sends the request again.
    fn forward<'a>(&'a self, instance: &'a str, body: &'a [u8]) -> ForwardFuture<'a>;
}

/// The result of forwarding a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Forwarded {
    /// The instance has received the body.
    Delivered,
    /// There is no such instance, or it no longer exists. The events are processed by the instance
    /// at which they arrived.
    NoSuchInstance,
}
