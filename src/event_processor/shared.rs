//! The state that the clones of a processor share, behind a lock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::disposition::EventMetrics;
use super::interest::Interest;
use super::limits::Limits;
use super::listener::{Channel, Registration};
use super::state::{Dispositions, Processed, State};
use crate::call_automation::events::CallEvent;

/// Handles the events that neither a wait nor a stream has taken.
pub(super) type Handler = Box<dyn Fn(Arc<CallEvent>) + Send + Sync>;

pub(super) struct Shared {
    pub(super) limits: Limits,
    pub(super) metrics: Option<Box<dyn EventMetrics>>,
    pub(super) handler: Option<Handler>,
    pub(super) state: Mutex<State<Channel>>,
}

impl Shared {
    pub(super) fn process(&self, event: CallEvent) {
        let event = Arc::new(event);
        let Processed { is_taken, dispositions } = self.state().process(now(), event.clone());
        self.record(dispositions);
        if let (false, Some(handler)) = (is_taken, &self.handler) {
            handler(event);
        }
    }

    pub(super) fn listen(
        self: &Arc<Self>,
        call: Option<&str>,
        interest: Interest,
        channel: Channel,
    ) -> Registration {
        let (number, dispositions) = self.state().listen(now(), call, interest, channel);
        self.record(dispositions);
        Registration::new(self, number)
    }

    pub(super) fn remove(&self, number: u64) {
        self.state().remove(now(), number);
    }

    fn record(&self, dispositions: Dispositions) {
        let Some(metrics) = &self.metrics else { return };
        for (event, disposition) in dispositions {
            metrics.record(&event, disposition);
        }
    }

    fn state(&self) -> MutexGuard<'_, State<Channel>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the time of Tokio's clock, which a test can pause.
fn now() -> std::time::Instant {
    Instant::now().into_std()
}
