//! The channels through which events reach waits and streams.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use tokio::sync::mpsc::{Sender, UnboundedSender};

use super::interest::{Delivery, Listener};
use super::shared::Shared;

/// The sending half of a wait or of a stream.
pub(super) enum Channel {
    /// A wait, which takes few events and then ends.
    Wait(UnboundedSender<Delivery>),
    /// A stream, which counts the events that it misses while it is not read.
    Stream(Sender<Delivery>, Arc<AtomicU64>),
}

impl Listener for Channel {
    fn deliver(&self, delivery: Delivery) {
        match self {
            // The receiver may be dropped already, between the end of a wait and its removal.
            Self::Wait(sender) => drop(sender.send(delivery)),
            Self::Stream(sender, missed) => {
                if sender.try_send(delivery).is_err() {
                    missed.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}

/// The registration of a listener, which is removed when the registration is dropped.
pub(super) struct Registration {
    shared: Weak<Shared>,
    number: u64,
}

impl Registration {
    pub(super) fn new(shared: &Arc<Shared>, number: u64) -> Self {
        Self { shared: Arc::downgrade(shared), number }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            shared.remove(self.number);
        }
    }
}
