//! The limit of open connections, and which one is closed to make room for another.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

/// A connection is not closed for another one before it has waited this long for a request.
const GRACE: Duration = Duration::from_millis(500);

/// Descriptors that stay free for callbacks and files once the system has run out of them.
const SPARE_DESCRIPTORS: usize = 16;

/// The open connections of one emulator. Clones count the same connections.
#[derive(Clone, Debug)]
pub(super) struct Connections(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    closed: Notify,
}

#[derive(Debug)]
struct State {
    limit: usize,
    open: usize,
    /// Counts up, so that [`State::waiting`] is in the order of waiting.
    next_ticket: u64,
    /// The connections whose next request has not arrived whole.
    waiting: BTreeMap<u64, Waiting>,
}

#[derive(Debug)]
struct Waiting {
    since: Instant,
    evict: Arc<Notify>,
}

impl Connections {
    pub(super) fn new(limit: usize) -> Self {
        let state = State { limit, open: 0, next_ticket: 0, waiting: BTreeMap::new() };
        Self(Arc::new(Shared { state: Mutex::new(state), closed: Notify::new() }))
    }

    /// Counts a connection. At the limit, the one that has waited longest for a request is closed
    /// first; while all of them are at work, this waits.
    pub(super) async fn open(&self) -> Connection {
        /// After this time a connection may have waited long enough to be closed.
        const RETRY: Duration = Duration::from_millis(50);
        loop {
            if let Some(connection) = self.try_open() {
                return connection;
            }
            let _either = timeout(RETRY, self.0.closed.notified()).await;
        }
    }

    /// Lowers the limit, since the system has no descriptor left.
    pub(super) fn lower_limit(&self) {
        let mut state = self.state();
        state.limit = state.open.saturating_sub(SPARE_DESCRIPTORS).max(1);
    }

    fn try_open(&self) -> Option<Connection> {
        let mut state = self.state();
        if state.open >= state.limit {
            state.evict_longest_waiting();
            return None;
        }
        state.open += 1;
        let evict = Arc::new(Notify::new());
        let ticket = state.wait(evict.clone());
        Some(Connection { connections: self.clone(), evict, ticket: Mutex::new(Some(ticket)) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn wait(&mut self, evict: Arc<Notify>) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.waiting.insert(ticket, Waiting { since: Instant::now(), evict });
        ticket
    }

    fn evict_longest_waiting(&mut self) {
        if let Some(longest) = self.waiting.first_entry()
            && longest.get().since.elapsed() >= GRACE
        {
            longest.remove().evict.notify_one();
        }
    }
}

/// One open connection, counted until it is dropped.
#[derive(Debug)]
pub(super) struct Connection {
    connections: Connections,
    evict: Arc<Notify>,
    /// Its place among those that wait, if it waits.
    ticket: Mutex<Option<u64>>,
}

impl Connection {
    /// Returns when this connection has to be closed to make room for another.
    pub(super) async fn evicted(&self) {
        self.evict.notified().await;
    }

    /// A request has arrived whole. The connection is not closed for another one until the guard is
    /// dropped.
    pub(super) fn work(self: &Arc<Self>) -> Work {
        if let Some(ticket) = self.ticket().take() {
            self.connections.state().waiting.remove(&ticket);
        }
        Work(self.clone())
    }

    pub(super) fn is_working(&self) -> bool {
        self.ticket().is_none()
    }

    fn ticket(&self) -> MutexGuard<'_, Option<u64>> {
        self.ticket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let ticket = self.ticket().take();
        let mut state = self.connections.state();
        state.open -= 1;
        ticket.and_then(|ticket| state.waiting.remove(&ticket));
        self.connections.0.closed.notify_one();
    }
}

/// A request of a connection is being answered.
#[derive(Debug)]
pub(super) struct Work(Arc<Connection>);

impl Drop for Work {
    fn drop(&mut self) {
        let ticket = self.0.connections.state().wait(self.0.evict.clone());
        *self.0.ticket() = Some(ticket);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{Instant, advance};

    use super::*;

    async fn is_evicted(connection: &Connection) -> bool {
        timeout(Duration::ZERO, connection.evicted()).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn the_connection_that_has_waited_longest_makes_room() {
        let connections = Connections::new(2);
        let first = Arc::new(connections.open().await);
        advance(Duration::from_secs(1)).await;
        let second = Arc::new(connections.open().await);
        advance(Duration::from_secs(1)).await;
        // The first one had a request meanwhile, so that the second has waited longest.
        drop(first.work());
        assert!(connections.try_open().is_none());
        assert!(is_evicted(&second).await && !is_evicted(&first).await);
        drop(second);
        connections.open().await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_at_work_or_just_opened_stays() {
        let connections = Connections::new(2);
        let working = Arc::new(connections.open().await);
        let work = working.work();
        advance(GRACE * 2).await;
        let new = Arc::new(connections.open().await);
        assert!(connections.try_open().is_none() && !is_evicted(&working).await);
        assert!(!is_evicted(&new).await);
        let (started, waiting) = (
            Instant::now(),
            tokio::spawn(async move {
                connections.open().await;
            }),
        );
        new.evicted().await;
        assert!(started.elapsed() >= GRACE);
        drop(new);
        waiting.await.unwrap();
        drop(work);
        assert!(!working.is_working());
    }

    #[tokio::test(start_paused = true)]
    async fn without_descriptors_fewer_connections_are_open() {
        let connections = Connections::new(100);
        let mut open = Vec::new();
        for _ in 0..40 {
            open.push(connections.open().await);
        }
        connections.lower_limit();
        open.truncate(40 - SPARE_DESCRIPTORS);
        assert!(connections.try_open().is_none());
        open.pop();
        assert!(connections.try_open().is_some());
    }
}
