//! The stream of the events of a call.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Sleep, sleep};

use super::interest::Delivery;
use super::listener::Registration;
use crate::call_automation::events::{CallEvent, CallEventKind};

/// A stream of all events of a call.
///
/// It starts with the events that were kept for the call. It ends after `CallDisconnected` and a
/// delay for events that arrive out of order ([`Limits::reordering`](super::Limits::reordering)).
/// The sequence numbers of `ParticipantsUpdated` always increase. Waits receive their events even
/// if a stream delivers them.
#[must_use = "a stream delivers nothing unless it is read"]
pub struct CallEvents {
    deliveries: Receiver<Delivery>,
    missed: Arc<AtomicU64>,
    reordering: Duration,
    /// Runs once the call has ended.
    end: Option<Pin<Box<Sleep>>>,
    _registration: Registration,
}

impl CallEvents {
    pub(super) fn new(
        deliveries: Receiver<Delivery>,
        missed: Arc<AtomicU64>,
        reordering: Duration,
        registration: Registration,
    ) -> Self {
        Self { deliveries, missed, reordering, end: None, _registration: registration }
    }

    /// Waits for the next event. Returns `None` after the call has ended.
    pub async fn next(&mut self) -> Option<Arc<CallEvent>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    /// Returns the number of events that this stream missed because it was not read in time; see
    /// [`Limits::max_stream_events`](super::Limits::max_stream_events).
    #[must_use]
    pub fn missed(&self) -> u64 {
        self.missed.load(Ordering::Relaxed)
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Arc<CallEvent>>> {
        while let Poll::Ready(delivery) = self.deliveries.poll_recv(context) {
            let Some(delivery) = delivery else { return Poll::Ready(None) };
            let Delivery::Event(event) = delivery else { continue };
            if event.kind == CallEventKind::CallDisconnected {
                self.end = Some(Box::pin(sleep(self.reordering)));
            }
            return Poll::Ready(Some(event));
        }
        match &mut self.end {
            Some(end) => end.as_mut().poll(context).map(|()| None),
            None => Poll::Pending,
        }
    }
}

impl Stream for CallEvents {
    type Item = Arc<CallEvent>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Arc<CallEvent>>> {
        self.poll_event(context)
    }
}

impl fmt::Debug for CallEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallEvents").field("missed", &self.missed()).finish_non_exhaustive()
    }
}
