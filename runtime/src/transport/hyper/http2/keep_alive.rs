//! Detects a dead connection, and closes one that has been idle for too long.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use h2::{Ping, PingPong};
use tokio::time::{Instant, Sleep, sleep};

use super::streams::Streams;
use crate::transport::http2::{PING_INTERVAL, PING_TIMEOUT};

/// Sends a `PING` regularly while requests are open (RFC 9113, section 6.7).
pub(super) struct KeepAlive {
    pings: Option<PingPong>,
    idle_timeout: Duration,
    timer: Pin<Box<Sleep>>,
    awaits_pong: bool,
}

impl KeepAlive {
    pub(super) fn new(pings: Option<PingPong>, idle_timeout: Duration) -> Self {
        let timer = Box::pin(sleep(PING_INTERVAL.min(idle_timeout)));
        Self { pings, idle_timeout, timer, awaits_pong: false }
    }

    /// Ready if the peer does not answer. `on_idle` is called when the idle time is over.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        streams: &Streams,
        on_idle: &dyn Fn(),
    ) -> Poll<()> {
        loop {
            if self.awaits_pong && self.poll_pong(cx).is_ready() {
                self.awaits_pong = false;
                self.wake_in(PING_INTERVAL);
            }
            ready!(self.timer.as_mut().poll(cx));
            if self.awaits_pong {
                return Poll::Ready(());
            }
            match streams.idle_since() {
                None => self.ping(),
                Some(since) if since.elapsed() >= self.idle_timeout => {
                    on_idle();
                    self.wake_in(PING_INTERVAL);
                }
                Some(since) => {
                    let left = self.idle_timeout.saturating_sub(since.elapsed());
                    self.wake_in(left.min(PING_INTERVAL));
                }
            }
        }
    }

    fn ping(&mut self) {
        let pings = self.pings.as_mut();
        self.awaits_pong = pings.is_some_and(|pings| pings.send_ping(Ping::opaque()).is_ok());
        self.wake_in(if self.awaits_pong { PING_TIMEOUT } else { PING_INTERVAL });
    }

    /// An error is the connection's, which reports it itself.
    fn poll_pong(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match &mut self.pings {
            Some(pings) => pings.poll_pong(cx).map(|_| ()),
            None => Poll::Ready(()),
        }
    }

    fn wake_in(&mut self, time: Duration) {
        self.timer.as_mut().reset(Instant::now() + time.max(Duration::from_millis(1)));
    }
}
