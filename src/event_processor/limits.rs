//! The limits on the events and ids that a processor keeps.

use std::time::Duration;

/// The limits on the events and ids that an [`EventProcessor`](super::EventProcessor) keeps.
///
/// Regardless of the requests that it receives, a processor uses no more memory than
/// `max_kept_bytes` for events as JSON, about as much for their typed fields, twice 64 bytes for
/// each of the `max_ids` (for events, and for waits that ended), and the memory of the waits and
/// streams in your program.
///
/// ```
/// use std::time::Duration;
///
/// use acs_rest::event_processor::{EventProcessor, Limits};
///
/// let limits = Limits { retention: Duration::from_secs(60), ..Limits::default() };
/// let processor = EventProcessor::builder().limits(limits).build();
/// # drop(processor);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long an event is kept if no wait takes it. The default is 5 minutes. A wait that begins
    /// within this time can still take the event.
    pub retention: Duration,
    /// The maximum number of kept events. The default is 10,000. The oldest are dropped first.
    pub max_kept_events: usize,
    /// The maximum number of kept events of one call. The default is 1,000.
    pub max_kept_events_per_call: usize,
    /// The maximum total length of the kept events as JSON, in bytes. The default is 64 MiB.
    pub max_kept_bytes: usize,
    /// The maximum number of event ids that are remembered to recognise duplicates. The default is
    /// 100,000. An id is remembered for 10 minutes.
    pub max_ids: usize,
    /// The maximum number of unread events in a [`CallEvents`](super::CallEvents) stream. The
    /// default is 1,024. Further events are [missed](super::CallEvents::missed).
    pub max_stream_events: usize,
    /// How long after `CallDisconnected` delayed events of the call are still accepted. The default
    /// is 1 second. After this time, streams and waits for other events end.
    pub reordering: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            retention: Duration::from_secs(5 * 60),
            max_kept_events: 10_000,
            max_kept_events_per_call: 1_000,
            max_kept_bytes: 64 << 20,
            max_ids: 100_000,
            max_stream_events: 1_024,
            reordering: Duration::from_secs(1),
        }
    }
}
