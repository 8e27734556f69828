//! Deadlines on Tokio's timers.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::task::coop::{Unconstrained, unconstrained};
use tokio::time::{Instant, Sleep, sleep_until};

/// The deadline passed before the future completed.
pub(crate) struct Elapsed;

pin_project! {
    /// The future of [`timeout_at`].
    pub(crate) struct TimeoutAt<F> {
        #[pin]
        future: F,
        deadline: Instant,
        #[pin]
        timer: Option<Unconstrained<Sleep>>,
    }
}

/// Tokio's `timeout_at`, except that a timer is only created once the future is pending. A future
/// that is ready immediately, such as that of a cached token, needs no timer.
pub(crate) fn timeout_at<F: Future>(deadline: Instant, future: F) -> TimeoutAt<F> {
    TimeoutAt { future, deadline, timer: None }
}

impl<F: Future> Future for TimeoutAt<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Poll::Ready(output) = this.future.poll(cx) {
            return Poll::Ready(Ok(output));
        }
        if this.timer.is_none() {
            // Tokio's budget must not starve the timer while the future is busy.
            this.timer.set(Some(unconstrained(sleep_until(*this.deadline))));
        }
        if let Some(timer) = this.timer.as_pin_mut() {
            ready!(timer.poll(cx));
        }
        Poll::Ready(Err(Elapsed))
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

    async fn busy() {
        loop {
            consume_budget().await;
        }
    }

    #[tokio::test]
    async fn a_future_that_never_yields_its_budget_times_out() {
        let deadline = deadline_after(Instant::now(), Duration::from_millis(5));
        assert!(timeout_at(deadline, busy()).await.is_err());
    }
}
