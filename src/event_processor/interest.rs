//! The events that a listener listens for, and their delivery.

use std::sync::Arc;

use crate::call_automation::events::CallEvent;

/// An event that is delivered to a listener.
#[derive(Clone, Debug)]
pub(super) enum Delivery {
    /// An event of the call that a stream follows.
    Event(Arc<CallEvent>),
    /// The event that a wait awaits.
    Answer(Arc<CallEvent>),
    /// The call of a wait ended.
    Disconnected(Arc<CallEvent>),
}

/// Receives deliveries without waiting.
pub(super) trait Listener {
    fn deliver(&self, delivery: Delivery);
}

/// The events that answer a wait.
pub(super) struct Filter {
    pub(super) context: ContextFilter,
    pub(super) matches: Box<dyn Fn(&CallEvent) -> bool + Send + Sync>,
    /// The number of events that the wait takes.
    pub(super) count: usize,
}

/// The operation contexts that an event may have.
pub(super) enum ContextFilter {
    Any,
    Exactly(Option<String>),
}

impl Filter {
    /// Accepts the first event that satisfies a condition, with any context.
    pub(super) fn of_any_context(
        condition: impl Fn(&CallEvent) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self { context: ContextFilter::Any, matches: Box::new(condition), count: 1 }
    }

    pub(super) fn accepts(&self, event: &CallEvent) -> bool {
        let has_context = match &self.context {
            ContextFilter::Any => true,
            ContextFilter::Exactly(context) => context.as_deref() == event.operation_context(),
        };
        has_context && (self.matches)(event)
    }
}

/// The events that a listener listens for.
pub(super) enum Interest {
    /// All events of a call.
    Call,
    /// The answer to an operation.
    Answer(Filter),
}
