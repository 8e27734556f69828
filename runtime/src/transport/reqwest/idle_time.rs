//! The time since the last request.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::time::Instant;

/// Under load the runtime has just polled the connections.
const MIN_IDLE_MILLIS: u64 = 2;

pub(super) struct IdleTime {
    created: Instant,
    /// Milliseconds since then.
    last_use: AtomicU64,
}

impl IdleTime {
    pub(super) fn new() -> Self {
        Self { created: Instant::now(), last_use: AtomicU64::new(0) }
    }

    pub(super) fn used(&self) {
        self.last_use.store(self.now(), Ordering::Relaxed);
    }

    /// Lets the runtime poll the idle connections once: reqwest does not use a connection that is
    /// known to be closed.
    pub(super) async fn poll_idle_connections(&self) {
        let idle = self.now().saturating_sub(self.last_use.load(Ordering::Relaxed));
        if idle >= MIN_IDLE_MILLIS {
            tokio::task::yield_now().await;
        }
    }

    fn now(&self) -> u64 {
        self.created.elapsed().as_millis() as u64
    }
}
