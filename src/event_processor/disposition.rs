//! The dispositions of events, for metrics.

use crate::call_automation::events::CallEvent;

/// The disposition of an event. Each event that a processor receives gets exactly one, immediately
/// or when it is no longer kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventDisposition {
    /// A wait took it.
    Matched,
    /// No wait took it, but a stream of its call delivered it.
    Observed,
    /// It was not delivered, because an event with its id was processed before.
    Duplicate,
    /// It has the context of a wait that had ended before it arrived, by its deadline or because it
    /// was dropped; and no further wait took it.
    Late,
    /// It was not delivered: a `ParticipantsUpdated` whose sequence number is not higher than the
    /// last one of its call.
    Superseded,
    /// No wait and no stream took it within the retention.
    Unmatched,
    /// It was dropped to make room before a wait or a stream took it; see
    /// [`Limits`](super::Limits).
    Discarded,
}

impl EventDisposition {
    /// Returns the name for an attribute of a metric, such as `matched`.
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

/// Counts events, for example with a counter of OpenTelemetry whose attributes are the type of
/// the event and its disposition.
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
    /// Counts an event. It is called while an event is processed, and must not block.
    fn record(&self, event: &CallEvent, disposition: EventDisposition);
}
