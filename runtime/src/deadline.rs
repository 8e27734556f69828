//! Until when: Tokio's timers, as the pipeline uses them.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout_at};

/// As [`timeout_at`] for what may be there already: a timer is made only if it is not.
///
/// The future is the caller's to pin: it would be held twice as well, which each call in flight pays.
#[expect(clippy::manual_async_fn, reason = "it would hold each argument twice")]
pub(crate) fn in_time<T>(
    until: Instant,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> impl Future<Output = Result<T, Elapsed>> {
    async move {
        if let Poll::Ready(output) = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await {
            return Ok(output);
        }
        timeout_at(until, future).await
    }
}

/// So much later, or as far off as the clock goes.
pub(crate) fn later(now: Instant, duration: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    now.checked_add(duration.min(FAR)).unwrap_or(now)
}
