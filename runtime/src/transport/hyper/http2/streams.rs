//! The limit of open streams of a connection, and the requests that wait for one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use tokio::sync::Notify;
use tokio::time::Instant;

/// The open streams of a connection. The server sets their limit and can change it at any time
/// (`SETTINGS_MAX_CONCURRENT_STREAMS`: RFC 9113, section 6.5.2). A waiting request holds no
/// resources.
pub(in crate::transport::hyper) struct Streams {
    state: Mutex<State>,
    freed: Notify,
}

struct State {
    limit: usize,
    open: usize,
    idle_since: Instant,
    is_closed: bool,
}

/// The right to one stream, until it is dropped.
pub(in crate::transport::hyper) struct Slot(Arc<Streams>);

impl Streams {
    pub(super) fn new(limit: usize) -> Self {
        let state = State { limit, open: 0, idle_since: Instant::now(), is_closed: false };
        Self { state: Mutex::new(state), freed: Notify::new() }
    }

    pub(super) fn set_limit(&self, limit: usize) {
        let mut state = self.lock();
        let is_raised = limit > state.limit;
        state.limit = limit;
        drop(state);
        if is_raised {
            self.freed.notify_waiters();
        }
    }

    /// No further stream is opened.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.freed.notify_waiters();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().is_closed
    }

    /// Since when no stream has been open.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let state = self.lock();
        (state.open == 0).then_some(state.idle_since)
    }

    /// A slot now; `None` if the connection is closed.
    pub(super) fn try_acquire(self: &Arc<Self>) -> Poll<Option<Slot>> {
        let mut state = self.lock();
        if state.is_closed {
            return Poll::Ready(None);
        }
        if state.open >= state.limit {
            return Poll::Pending;
        }
        state.open += 1;
        Poll::Ready(Some(Slot(Arc::clone(self))))
    }

    /// A slot as soon as there is one; `None` if the connection is closed.
    pub(super) async fn acquire(self: &Arc<Self>) -> Option<Slot> {
        loop {
            let mut freed = std::pin::pin!(self.freed.notified());
            // From here on, slots that are freed are noticed.
            freed.as_mut().enable();
            if let Poll::Ready(slot) = self.try_acquire() {
                return slot;
            }
            freed.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.open -= 1;
        if state.open == 0 {
            state.idle_since = Instant::now();
        }
        drop(state);
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn a_slot_is_waited_for_until_one_is_freed_or_the_limit_is_raised() {
        let streams = Arc::new(Streams::new(1));
        let first = streams.acquire().await.unwrap();
        assert!(streams.try_acquire().is_pending());
        let wait = |streams: &Arc<Streams>| {
            let streams = Arc::clone(streams);
            tokio::spawn(async move { streams.acquire().await })
        };
        let (second, third) = (wait(&streams), wait(&streams));
        tokio::task::yield_now().await;
        drop(first);
        let second = second.await.unwrap().unwrap();
        assert!(!third.is_finished());
        streams.set_limit(2);
        let third = third.await.unwrap().unwrap();
        streams.set_limit(1);
        drop(second);
        assert!(streams.try_acquire().is_pending());
        drop(third);
        assert!(streams.idle_since().is_some());
    }

    #[tokio::test]
    async fn waiting_requests_end_when_the_connection_closes() {
        let streams = Arc::new(Streams::new(0));
        let waiting = Arc::clone(&streams);
        let waiting = tokio::spawn(async move { waiting.acquire().await.is_none() });
        tokio::task::yield_now().await;
        streams.close();
        assert!(timeout(Duration::from_secs(5), waiting).await.unwrap().unwrap());
        assert!(streams.acquire().await.is_none());
    }

    /// A slot that was meant for a call which gave up goes to the next one.
    #[tokio::test]
    async fn an_abandoned_request_loses_no_slot() {
        let streams = Arc::new(Streams::new(1));
        let first = streams.acquire().await.unwrap();
        for _ in 0..100 {
            let gave_up = timeout(Duration::ZERO, streams.acquire()).await;
            assert!(gave_up.is_err());
        }
        drop(first);
        assert!(timeout(Duration::from_secs(5), streams.acquire()).await.unwrap().is_some());
    }
}
