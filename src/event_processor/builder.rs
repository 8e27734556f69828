//! The settings of a processor.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::EventProcessor;
use super::disposition::EventMetrics;
use super::limits::Limits;
use super::shared::{Handler, Shared};
use super::state::State;
use crate::call_automation::events::CallEvent;

/// The settings of an [`EventProcessor`].
///
/// ```
/// use std::time::Duration;
///
/// use acs_rest::event_processor::EventProcessor;
///
/// let processor = EventProcessor::builder()
///     .timeout(Duration::from_secs(60))
///     .fallback(|event| println!("nothing waits for {}", event.event_type))
///     .build();
/// # drop(processor);
/// ```
#[must_use = "`build` creates the processor"]
pub struct EventProcessorBuilder {
    timeout: Duration,
    limits: Limits,
    metrics: Option<Box<dyn EventMetrics>>,
    handler: Option<Handler>,
}

impl Default for EventProcessorBuilder {
    fn default() -> Self {
        let timeout = Duration::from_secs(4 * 60);
        Self { timeout, limits: Limits::default(), metrics: None, handler: None }
    }
}

impl EventProcessorBuilder {
    /// Sets the timeout of waits that do not set one. The default is 4 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the limits on the events and ids that the processor keeps.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the metrics that count events by their disposition.
    pub fn metrics(mut self, metrics: impl EventMetrics) -> Self {
        self.metrics = Some(Box::new(metrics));
        self
    }

    /// Sets the handler of events that neither a wait nor a stream takes on arrival. Such an event
    /// is still kept, and can answer a wait that begins later.
    ///
    /// The handler is called while the callback request is processed, and must not block.
    pub fn fallback(mut self, handler: impl Fn(Arc<CallEvent>) + Send + Sync + 'static) -> Self {
        self.handler = Some(Box::new(handler));
        self
    }

    /// Creates the processor.
    #[must_use]
    pub fn build(self) -> EventProcessor {
        let Self { timeout, limits, metrics, handler } = self;
        let state = Mutex::new(State::new(limits));
        EventProcessor { shared: Arc::new(Shared { limits, metrics, handler, state }), timeout }
    }
}

impl fmt::Debug for EventProcessorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventProcessorBuilder")
            .field("timeout", &self.timeout)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
