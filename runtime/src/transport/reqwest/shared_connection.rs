//! Limits what reqwest does not: it opens an HTTP/2 connection for each call that starts before the
//! first one is open, and lets any number of calls wait within a connection.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::Version;
use tokio::sync::{Notify, Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// The number of calls that reqwest may have at once. Few servers admit as many streams.
const MAX_CALLS: usize = 1_000;
/// A call that has waited this long opens a connection of its own: the one before it may be slow.
const MAX_OPENING_TIME: Duration = Duration::from_secs(1);

pub(super) struct SharedConnection {
    /// The server speaks HTTP/1.1: nothing is shared.
    is_http1: AtomicBool,
    is_open: AtomicBool,
    is_opening: AtomicBool,
    opened: Notify,
    calls: Semaphore,
}

/// The right to send a request.
pub(super) struct CallPermit<'a> {
    _call: SemaphorePermit<'a>,
    _opening: Option<Opening<'a>>,
}

/// Held by the call that opens the connection.
struct Opening<'a>(&'a SharedConnection);

impl SharedConnection {
    pub(super) fn new() -> Self {
        Self {
            is_http1: AtomicBool::new(false),
            is_open: AtomicBool::new(false),
            is_opening: AtomicBool::new(false),
            opened: Notify::new(),
            calls: Semaphore::new(MAX_CALLS),
        }
    }

    /// Waits while another call opens the connection or too many are on it. `None` if nothing is
    /// shared; an error after `max_wait`.
    pub(super) async fn permit(
        &self,
        max_wait: Duration,
    ) -> Result<Option<CallPermit<'_>>, String> {
        if self.is_http1.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let call = match self.calls.try_acquire() {
            Ok(call) => call,
            Err(_) => match timeout(max_wait, self.calls.acquire()).await {
                Ok(Ok(call)) => call,
                _ => return Err(format!("{MAX_CALLS} calls were under way for {max_wait:?}")),
            },
        };
        let opening = match self.is_open.load(Ordering::Acquire) {
            true => None,
            false => {
                timeout(MAX_OPENING_TIME.min(max_wait), self.opening()).await.unwrap_or_default()
            }
        };
        Ok(Some(CallPermit { _call: call, _opening: opening }))
    }

    /// Records a response: its connection is open, and is shared if it is HTTP/2.
    pub(super) fn on_response(&self, version: Version) {
        if version != Version::HTTP_2 {
            self.is_http1.store(true, Ordering::Relaxed);
        }
        if !self.is_open.swap(true, Ordering::AcqRel) {
            self.opened.notify_waiters();
        }
    }

    /// Records that the connection is closed: the next call opens one.
    pub(super) fn on_connection_lost(&self) {
        self.is_open.store(false, Ordering::Release);
    }

    /// `None` once the connection is open.
    async fn opening(&self) -> Option<Opening<'_>> {
        loop {
            let mut opened = std::pin::pin!(self.opened.notified());
            // From here on, a notification by the other call is not missed.
            opened.as_mut().enable();
            if self.is_open.load(Ordering::Acquire) {
                return None;
            }
            if !self.is_opening.swap(true, Ordering::AcqRel) {
                return Some(Opening(self));
            }
            opened.await;
        }
    }
}

impl Drop for Opening<'_> {
    fn drop(&mut self) {
        self.0.is_opening.store(false, Ordering::Release);
        self.0.opened.notify_waiters();
    }
}
