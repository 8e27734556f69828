//! Deadlines on Tokio's timers.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Poll, ready};
use std::time::Duration;

use tokio::task::coop::unconstrained;
use tokio::time::{Instant, sleep_until};

/// The deadline passed before the future completed.
pub(crate) struct Elapsed;

/// Tokio's `timeout_at`, except that a timer is only made once the future is pending: a future
/// that is ready at once, such as that of a cached token, costs none.
///
/// The caller pins the future: an argument by value would be stored twice in each call in flight.
#[expect(clippy::manual_async_fn, reason = "an `async fn` would store each argument twice")]
pub(crate) fn timeout_at<T>(
    deadline: Instant,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> impl Future<Output = Result<T, Elapsed>> {
    async move {
        let mut timer = pin!(None);
        poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(Ok(output));
            }
            if timer.is_none() {
                // Tokio's budget must not starve the timer while the future is busy.
                timer.set(Some(unconstrained(sleep_until(deadline))));
            }
            if let Some(timer) = timer.as_mut().as_pin_mut() {
                ready!(timer.poll(cx));
            }
            Poll::Ready(Err(Elapsed))
        })
        .await
    }
}

/// Returns `now + duration`, saturating.
pub(crate) fn deadline_after(now: Instant, duration: Duration) -> Instant {
    const FARTHEST: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    now.checked_add(duration.min(FARTHEST)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use tokio::task::coop::consume_budget;

    use super::*;

    #[tokio::test]
    async fn a_future_that_never_yields_its_budget_times_out() {
        let deadline = deadline_after(Instant::now(), Duration::from_millis(5));
        let busy = async {
            loop {
                consume_budget().await;
            }
        };
        assert!(timeout_at::<()>(deadline, pin!(busy)).await.is_err());
    }
}
