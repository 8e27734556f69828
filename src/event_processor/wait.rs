//! A wait for an event.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, Sleep, sleep_until};
use tracing::{Span, debug};

use super::error::OperationError;
use super::interest::Delivery;
use super::listener::Registration;
use crate::call_automation::events::CallEvent;

/// Reads the outcome from an event, or returns `None` if further events are needed.
pub(super) type ReadAnswer<T> =
    Box<dyn FnMut(Arc<CallEvent>) -> Option<Result<T, OperationError>> + Send + Sync>;

/// A future that waits for the event that answers an operation.
///
/// It completes when the event arrives, when the call ends, or at its deadline. The deadline is 4
/// minutes after the wait began, unless [`timeout`](Self::timeout) or the
/// [processor](super::EventProcessorBuilder::timeout) sets another timeout. Dropping the future
/// ends the wait, but does not cancel the operation.
#[must_use = "a wait ends when it is dropped"]
pub struct Wait<T> {
    operation: &'static str,
    read: ReadAnswer<T>,
    deliveries: UnboundedReceiver<Delivery>,
    timer: Pin<Box<Sleep>>,
    began: Instant,
    timeout: Duration,
    reordering: Duration,
    /// The event with which the call ended.
    disconnected: Option<Arc<CallEvent>>,
    span: Span,
    _registration: Registration,
}

impl<T> Wait<T> {
    pub(super) fn new(
        operation: &'static str,
        read: ReadAnswer<T>,
        deliveries: UnboundedReceiver<Delivery>,
        registration: Registration,
        [timeout, reordering]: [Duration; 2],
    ) -> Self {
        let began = Instant::now();
        Self {
            operation,
            read,
            deliveries,
            timer: Box::pin(sleep_until(after(began, timeout))),
            began,
            timeout,
            reordering,
            disconnected: None,
            span: Span::current(),
            _registration: registration,
        }
    }

    /// Sets the timeout, which starts when the wait began.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self.timer.as_mut().reset(after(self.began, timeout));
        self
    }

    /// Processes a delivery, and returns the outcome if the delivery completes the wait.
    fn take(&mut self, delivery: Delivery) -> Option<Result<T, OperationError>> {
        match delivery {
            Delivery::Answer(event) => {
                debug!(
                    parent: &self.span,
                    cloudevents.event_id = event.id,
                    cloudevents.event_type = event.event_type,
                    acs.correlation_id = event.correlation_id(),
                    "received"
                );
                (self.read)(event)
            }
            Delivery::Disconnected(event) => {
                let end = Instant::now() + self.reordering;
                self.disconnected = Some(event);
                if end < self.timer.deadline() {
                    self.timer.as_mut().reset(end);
                }
                None
            }
            Delivery::Event(_) => None,
        }
    }

    fn ended(&mut self) -> OperationError {
        match self.disconnected.take() {
            Some(event) => OperationError::disconnected(self.operation, event),
            None => OperationError::timed_out(self.operation, self.timeout),
        }
    }
}

impl<T> Future for Wait<T> {
    type Output = Result<T, OperationError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        while let Poll::Ready(Some(delivery)) = self.deliveries.poll_recv(context) {
            if let Some(outcome) = self.take(delivery) {
                return Poll::Ready(outcome);
            }
        }
        ready!(self.timer.as_mut().poll(context));
        Poll::Ready(Err(self.ended()))
    }
}

impl<T> fmt::Debug for Wait<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("operation", &self.operation)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Replaces longer times, which could overflow an `Instant`, by one that is practically unlimited.
fn after(start: Instant, time: Duration) -> Instant {
    const FOREVER: Duration = Duration::from_secs(50 * 365 * 24 * 60 * 60);
    start + time.min(FOREVER)
}
