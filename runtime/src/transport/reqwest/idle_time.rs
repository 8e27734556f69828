//! How long no request was sent.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::time::Instant;

/// Under load the runtime has just looked at the connections.
const LOOKED_AT_AFTER_MILLIS: u64 = 2;

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

    /// Lets the runtime look once at what arrived while no request was sent: reqwest does not use
    /// a connection that is known to be closed.
    pub(super) async fn let_closings_arrive(&self) {
        let idle = self.now().saturating_sub(self.last_use.load(Ordering::Relaxed));
        if idle >= LOOKED_AT_AFTER_MILLIS {
            tokio::task::yield_now().await;
        }
    }

    fn now(&self) -> u64 {
        self.created.elapsed().as_millis() as u64
    }
}
