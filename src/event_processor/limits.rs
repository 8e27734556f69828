//! What a processor keeps, at most.

use std::time::Duration;

/// What an [`EventProcessor`](super::EventProcessor) keeps, at most.
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
    /// How long an event is kept that no wait has taken: 5 minutes by default. A wait that begins
    /// within this time is still answered by it.
    pub retention: Duration,
    /// How many events are kept that no wait has taken: 10,000 by default. The oldest go first.
    pub max_kept_events: usize,
    /// How many of these may belong to one call: 1,000 by default.
    pub max_kept_events_per_call: usize,
    /// How many bytes of JSON these events have in total: 64 MiB by default.
    pub max_kept_bytes: usize,
    /// How many ids of events are remembered, so that an event that arrives again is recognized:
    /// 100,000 by default. An id is remembered for 10 minutes.
    pub max_ids: usize,
    /// How many events a [`CallEvents`](super::CallEvents) stream holds that is not read: 1,024 by
    /// default. Further ones are [missed](super::CallEvents::missed).
    pub max_stream_events: usize,
    /// How long after `CallDisconnected` an event of the call may still arrive that it overtook: 1
    /// second by default. So long after it, waits for other events end, and so do streams.
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
