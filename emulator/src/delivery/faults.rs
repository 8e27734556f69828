//! Planned faults of the next events.

use std::collections::VecDeque;
use std::time::Duration;

use crate::callback_token::TokenFault;

/// A fault of an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EventFault {
    /// Sent twice, with the same id.
    Twice,
    /// Sent after the event that follows it.
    Reordered,
    /// Sent before the response to the request that caused it.
    Early,
    /// Sent later, by this time.
    Late(Duration),
    /// Sent with a token that is not valid.
    Token(TokenFault),
}

/// The planned faults, each for one event.
#[derive(Debug, Default)]
pub(super) struct EventFaults(VecDeque<EventFault>);

impl EventFaults {
    pub(super) fn plan(&mut self, fault: &EventFault, count: usize) {
        self.0.extend(std::iter::repeat_n(fault.clone(), count));
    }

    pub(super) fn take(&mut self) -> Option<EventFault> {
        self.0.pop_front()
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
