//! A gate that executions pass unless a test closes it.

use std::sync::Arc;

use tokio::sync::{OwnedRwLockWriteGuard, RwLock, RwLockReadGuard, watch};

#[derive(Debug)]
pub(crate) struct ExecutionGate {
    /// Executions hold it as readers; a writer suspends them.
    lock: Arc<RwLock<()>>,
    waiting: watch::Sender<usize>,
}

impl ExecutionGate {
    pub(crate) fn open() -> Self {
        Self { lock: Arc::default(), waiting: watch::Sender::new(0) }
    }

    /// Waits while the gate is closed; it cannot close while the guard lives.
    pub(crate) async fn pass(&self) -> RwLockReadGuard<'_, ()> {
        self.waiting.send_modify(|waiting| *waiting += 1);
        let passed = self.lock.read().await;
        self.waiting.send_modify(|waiting| *waiting -= 1);
        passed
    }

    pub(crate) async fn close(&self) -> PauseGuard {
        let closed = self.lock.clone().write_owned().await;
        PauseGuard { waiting: self.waiting.subscribe(), _closed: closed }
    }
}

/// Suspends executions until it is dropped.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// let mut pause = emulator.pause().await;
/// // … send a request from another task …
/// pause.reached(0).await; // 1, once there is one
/// // … send it again: it is answered with 409 …
/// drop(pause);
/// # }
/// ```
#[derive(Debug)]
#[must_use = "executions go on when it is dropped"]
pub struct PauseGuard {
    waiting: watch::Receiver<usize>,
    _closed: OwnedRwLockWriteGuard<()>,
}

impl PauseGuard {
    /// Waits until at least this many executions are suspended: their requests are read and
    /// checked, and the ids of repeatable ones are reserved.
    pub async fn reached(&mut self, executions: usize) {
        let reached = self.waiting.wait_for(|waiting| *waiting >= executions).await;
        drop(reached.expect("the emulator keeps the sender while a hold is used with it"));
    }
}
