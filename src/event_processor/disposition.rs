//! The dispositions of events, for metrics.

use crate::call_automation::events::CallEvent;

/// The disposition of an event. A processor records exactly one for each event that it receives,
/// either immediately or when the event is no longer kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventDisposition {
    /// A wait took the event.
    Matched,
    /// No wait took the event, but a stream of its call delivered it.
    Observed,
    /// The event was not delivered, because an event with the same id was processed before.
    Duplicate,
    /// The event has the operation context of a wait that had ended at its deadline, or had been
    /// dropped, before the event arrived, and no other wait took it.
    Late,
    /// The event was not delivered, because it is a `ParticipantsUpdated` whose sequence number is
    /// not higher than the last one of its call.
    Superseded,
    /// Neither a wait nor a stream took the event within the retention.
    Unmatched,
    /// The event was dropped before a wait or a stream took it, because a limit was reached; see
    /// [`Limits`](super::Limits).
    Discarded,
}

impl EventDisposition {
    /// Returns the name of the disposition, such as `matched`, for an attribute of a metric.
    ///
    /// ```
    /// use acs_rest::event_processor::EventDisposition;
    ///
    /// assert_eq!(EventDisposition::Late.as_str(), "late");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Observed => "observed",
            Self::Duplicate => "duplicate",
            Self::Late => "late",
            Self::Superseded => "superseded",
            Self::Unmatched => "unmatched",
            Self::Discarded => "discarded",
        }
    }
}

/// Counts events, for example with an OpenTelemetry counter whose attributes are the type and the
/// disposition of the event.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use acs_rest::call_automation::events::{CallEvent, CallEventKind};
/// use acs_rest::event_processor::{EventDisposition, EventMetrics, EventProcessor};
///
/// #[derive(Default)]
/// struct Duplicates(AtomicU64);
///
/// impl EventMetrics for &'static Duplicates {
///     fn record(&self, _: &CallEvent, disposition: EventDisposition) {
///         if disposition == EventDisposition::Duplicate {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// let duplicates: &'static Duplicates = Box::leak(Box::default());
/// let processor = EventProcessor::builder().metrics(duplicates).build();
/// for _ in 0..3 {
///     processor.process_event(CallEvent::new("1", CallEventKind::CallConnected));
/// }
/// assert_eq!(duplicates.0.load(Ordering::Relaxed), 2);
/// ```
pub trait EventMetrics: Send + Sync + 'static {
    /// Counts an event. It is called while events are processed, and must not block.
    fn record(&self, event: &CallEvent, disposition: EventDisposition);
}
