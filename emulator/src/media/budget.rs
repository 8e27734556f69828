//! A limit on the samples that all streams keep together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Samples that may still be kept. Clones share the limit.
#[derive(Clone, Debug)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Budget {
    pub(super) fn of(samples: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(samples)))
    }

    /// Whether there was room for so many samples, which are taken then.
    pub(super) fn take(&self, samples: usize) -> bool {
        let left = |left: usize| left.checked_sub(samples);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).is_ok()
    }

    pub(super) fn give_back(&self, samples: usize) {
        self.0.fetch_add(samples, Ordering::Relaxed);
    }
}
