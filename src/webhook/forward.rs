//! Events that arrive at another instance than the one that awaits them.

use std::error::Error as StdError;
use std::pin::Pin;

/// A future of a [`Forwarded`].
pub type ForwardFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Forwarded, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Hands the body of a callback request on to the instance that its URL names.
///
/// A load balancer does not know which instance awaits the events of a call. There are two ways: have
/// it route by the query parameter `instance` of the callback URL, and no forwarder is needed; or give
/// [`Webhooks`](super::Webhooks) a forwarder, such as `RedisForwarder` (feature `redis`).
///
/// The request has been authenticated. The receiving instance gives the body to its
/// [`EventProcessor`](crate::event_processor::EventProcessor), which drops what arrives twice.
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
    /// Hands on a body. The future ends when the instance has it; on an error, the request is answered
    /// with 503, and the service sends it again.
    fn forward<'a>(&'a self, instance: &'a str, body: &'a [u8]) -> ForwardFuture<'a>;
}

/// What came of forwarding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Forwarded {
    /// The instance has the body.
    Delivered,
    /// There is no such instance, or no longer. The events are processed where they arrived.
    NoSuchInstance,
}
