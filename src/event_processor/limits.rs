//! The limits on what a processor keeps.

use std::time::Duration;

/// The limits on what an [`EventProcessor`](super::EventProcessor) keeps.
///
/// Whatever is sent to it, a processor holds no more than `max_kept_bytes` of events as JSON and
/// about as much for their typed fields, 64 bytes for each of the `max_ids` (twice: for events, and
/// for waits that ended), and what the waits and streams of your program hold.
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
    /// How long an event is kept if no wait takes it: 5 minutes by default. A wait that begins
    /// within this time is still answered by it.
    pub retention: Duration,
    /// The maximum number of kept events: 10,000 by default. The oldest are dropped first.
    pub max_kept_events: usize,
    /// The maximum number of kept events of one call: 1,000 by default.
    pub max_kept_events_per_call: usize,
    /// The maximum total length of the kept events as JSON, in bytes: 64 MiB by default.
    pub max_kept_bytes: usize,
    /// The number of event ids that are remembered to recognize duplicates: 100,000 by default. An
    /// id is remembered for 10 minutes.
    pub max_ids: usize,
    /// The number of unread events that a [`CallEvents`](super::CallEvents) stream holds: 1,024 by
    /// default. Further ones are [missed](super::CallEvents::missed).
    pub max_stream_events: usize,
    /// How long after `CallDisconnected` delayed events of the call may still arrive: 1 second by
    /// default. After this time, waits for other events and streams end.
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
