//! The tasks that run after the response to a request.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;
use tracing::{Instrument, Span};

/// Background tasks, for which a shutdown waits. Clones share them.
#[derive(Clone)]
pub(super) struct Tasks {
    state: Arc<watch::Sender<State>>,
}

#[derive(Clone, Copy, Default)]
struct State {
    running: usize,
    is_closed: bool,
}

/// Counts a task for as long as it exists, even if it panics.
struct Running(Arc<watch::Sender<State>>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.send_modify(|state| state.running -= 1);
    }
}

impl Tasks {
    pub(super) fn new() -> Self {
        Self { state: Arc::new(watch::Sender::new(State::default())) }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state.borrow().is_closed
    }

    /// Runs a future in the background, in a span.
    pub(super) fn spawn(&self, span: Span, future: impl Future<Output = ()> + Send + 'static) {
        self.state.send_modify(|state| state.running += 1);
        let running = Running(self.state.clone());
        let task = async move {
            let _running = running;
            future.await;
        };
        tokio::spawn(task.instrument(span));
    }

    /// Waits until no task is running. Returns false if that takes longer than `patience`.
    pub(super) async fn close(&self, patience: Duration) -> bool {
        self.state.send_modify(|state| state.is_closed = true);
        let mut state = self.state.subscribe();
        let idle = state.wait_for(|state| state.running == 0);
        timeout(patience, idle).await.is_ok_and(|idle| idle.is_ok())
    }
}
