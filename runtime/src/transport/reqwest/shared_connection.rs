//! What reqwest leaves open about an HTTP/2 connection that calls share: one is opened for each
//! call that starts before the first is there, and any number of calls wait within it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::Version;
use tokio::sync::{Notify, Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// How many calls reqwest has at once. Few servers admit so many streams.
const CALLS: usize = 1_000;
/// A call that waits for longer opens a connection of its own: the call before it may be slow.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) struct SharedConnection {
    /// The server speaks HTTP/1.1: nothing is shared.
    is_http1: AtomicBool,
    is_open: AtomicBool,
    is_opening: AtomicBool,
    opened: Notify,
    calls: Semaphore,
}

/// The right to send a request.
pub(super) struct Turn<'a> {
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
            calls: Semaphore::new(CALLS),
        }
    }

    /// Waits while another call opens the connection or too many are on it. `None` if nothing is
    /// shared; an error if there is no turn in time.
    pub(super) async fn turn(&self, patience: Duration) -> Result<Option<Turn<'_>>, String> {
        if self.is_http1.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let call = match self.calls.try_acquire() {
            Ok(call) => call,
            Err(_) => match timeout(patience, self.calls.acquire()).await {
                Ok(Ok(call)) => call,
                _ => return Err(format!("{CALLS} calls were under way for {patience:?}")),
            },
        };
        let opening = match self.is_open.load(Ordering::Acquire) {
            true => None,
            false => timeout(PATIENCE.min(patience), self.opening()).await.unwrap_or_default(),
        };
        Ok(Some(Turn { _call: call, _opening: opening }))
    }

    /// A response came: what it came over is open, and is shared if it is HTTP/2.
    pub(super) fn answered(&self, version: Version) {
        if version != Version::HTTP_2 {
            self.is_http1.store(true, Ordering::Relaxed);
        }
        if !self.is_open.swap(true, Ordering::AcqRel) {
            self.opened.notify_waiters();
        }
    }

    /// The connection is gone, and so the next call opens one.
    pub(super) fn lost(&self) {
        self.is_open.store(false, Ordering::Release);
    }

    /// `None` once the connection is open.
    async fn opening(&self) -> Option<Opening<'_>> {
        loop {
            let mut opened = std::pin::pin!(self.opened.notified());
            // From here on, the end of the other call is noticed.
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
