//! The events that no wait has taken yet.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use super::disposition::EventDisposition;
use super::limits::Limits;
use crate::call_automation::events::CallEvent;

/// An event that is kept, and the time since when.
pub(super) struct KeptEvent {
    pub(super) event: Arc<CallEvent>,
    /// The disposition of the event if no wait takes it; `None` if one is already recorded.
    pub(super) disposition: Option<EventDisposition>,
    since: Instant,
    size: usize,
}

/// The kept events of all calls, in the order of their arrival.
#[derive(Default)]
pub(super) struct KeptEvents {
    events: BTreeMap<u64, KeptEvent>,
    next: u64,
    bytes: usize,
}

impl KeptEvents {
    /// Keeps an event, and returns its number.
    pub(super) fn push(
        &mut self,
        now: Instant,
        event: Arc<CallEvent>,
        disposition: Option<EventDisposition>,
    ) -> u64 {
        let (number, size) = (self.next, event.json_length());
        self.next += 1;
        self.bytes += size;
        self.events.insert(number, KeptEvent { event, disposition, since: now, size });
        number
    }

    pub(super) fn get(&self, number: u64) -> Option<&KeptEvent> {
        self.events.get(&number)
    }

    pub(super) fn get_mut(&mut self, number: u64) -> Option<&mut KeptEvent> {
        self.events.get_mut(&number)
    }

    pub(super) fn remove(&mut self, number: u64) -> Option<KeptEvent> {
        let kept = self.events.remove(&number)?;
        self.bytes -= kept.size;
        Some(kept)
    }

    /// Returns the numbers, the oldest first.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u64> {
        self.events.keys().copied()
    }

    /// Returns the number of the oldest event, if its retention has expired.
    pub(super) fn expired(&self, now: Instant, limits: &Limits) -> Option<u64> {
        let (number, kept) = self.events.first_key_value()?;
        let age = now.saturating_duration_since(kept.since);
        (age >= limits.retention).then_some(*number)
    }

    /// Returns the number of the oldest event, if a limit is exceeded.
    pub(super) fn excess(&self, limits: &Limits) -> Option<u64> {
        let is_full =
            self.events.len() > limits.max_kept_events || self.bytes > limits.max_kept_bytes;
        self.events.first_key_value().filter(|_| is_full).map(|(number, _)| *number)
    }
}
