//! The idle HTTP/1.1 connections of an endpoint.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::connection::Connection;

/// The idle connections of one endpoint, the most recently used one last.
pub(in crate::transport::hyper) struct Pool {
    idle_timeout: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    idle: Vec<(Connection, Instant)>,
    is_swept: bool,
}

impl Pool {
    pub(in crate::transport::hyper) fn new(idle_timeout: Duration) -> Arc<Self> {
        Arc::new(Self { idle_timeout, state: Mutex::default() })
    }

    pub(in crate::transport::hyper) fn take(&self) -> Option<Connection> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((mut connection, since)) = state.idle.pop() {
            let idle = since.elapsed();
            if idle >= self.idle_timeout {
                // The others have been idle for longer.
                state.idle.clear();
                return None;
            }
            if connection.sender.is_ready() {
                connection.idle = Some(idle);
                return Some(connection);
            }
        }
        None
    }

    /// Takes a connection back. It may not be ready yet if the response ended before the request,
    /// or if it is new.
    pub(in crate::transport::hyper) fn put_when_ready(
        self: &Arc<Self>,
        mut connection: Connection,
    ) {
        if connection.sender.is_ready() {
            return self.put(connection);
        }
        let pool = Arc::clone(self);
        tokio::spawn(async move {
            if connection.sender.ready().await.is_ok() {
                pool.put(connection);
            }
        });
    }

    fn put(self: &Arc<Self>, connection: Connection) {
        if self.idle_timeout.is_zero() {
            return;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.idle.push((connection, Instant::now()));
        if !state.is_swept {
            state.is_swept = true;
            tokio::spawn(sweep(Arc::downgrade(self), self.idle_timeout));
        }
    }

    pub(in crate::transport::hyper) fn is_empty(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).idle.is_empty()
    }
}

/// Closes connections that have been idle for too long, until none is left.
async fn sweep(pool: Weak<Pool>, idle_timeout: Duration) {
    loop {
        sleep(idle_timeout).await;
        let Some(pool) = pool.upgrade() else { return };
        let mut state = pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.idle.retain(|(connection, since)| {
            since.elapsed() < idle_timeout && !connection.sender.is_closed()
        });
        if state.idle.is_empty() {
            state.is_swept = false;
            return;
        }
    }
}
