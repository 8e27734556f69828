//! Until when: Tokio's timers, as the pipeline uses them.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Poll, ready};
use std::time::Duration;

use tokio::task::coop::unconstrained;
use tokio::time::{Instant, sleep_until};

/// The time ran out.
pub(crate) struct Late;

/// As Tokio's `timeout_at`, but a timer is made only once the future has to wait: what is there
/// already, as a token usually is, costs none.
///
/// The future is the caller's to pin: by value it would be held twice, which each call in flight pays.
#[expect(clippy::manual_async_fn, reason = "an `async fn` would hold each argument twice")]
pub(crate) fn in_time<T>(
    until: Instant,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> impl Future<Output = Result<T, Late>> {
    async move {
        let mut timer = pin!(None);
        poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(Ok(output));
            }
            if timer.is_none() {
                // However busy the future is, the timer has its turn.
                timer.set(Some(unconstrained(sleep_until(until))));
            }
            if let Some(timer) = timer.as_mut().as_pin_mut() {
                ready!(timer.poll(cx));
            }
            Poll::Ready(Err(Late))
        })
        .await
    }
}

/// So much later, or as far off as the clock goes.
pub(crate) fn later(now: Instant, duration: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    now.checked_add(duration.min(FAR)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use tokio::task::coop::consume_budget;

    use super::*;

    #[tokio::test]
    async fn a_busy_future_is_late_too() {
        let until = later(Instant::now(), Duration::from_millis(5));
        let busy = async {
            loop {
                consume_budget().await;
            }
        };
        assert!(in_time::<()>(until, pin!(busy)).await.is_err());
    }
}
