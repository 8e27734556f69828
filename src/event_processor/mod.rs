//! Delivers the events of calls to the code that awaits them.
//!
//! Most operations return once the service has accepted them, and an event reports the outcome. The
//! handler of callback requests passes every body to an [`EventProcessor`], and other code awaits
//! the outcome. With a [`CallClient`], this takes one line per operation:
//!
//! ```
//! use acs_rest::Client;
//! use acs_rest::call_automation::{AnswerCallRequest, PlayRequest, TextSource};
//! use acs_rest::event_processor::{CallClient, EventProcessor, OperationError};
//!
//! /// Processes the body of a callback request.
//! fn callback(processor: &EventProcessor, body: &[u8]) -> bool {
//!     processor.process(body).is_ok() // answer 200, or else 400
//! }
//!
//! async fn greet(calls: &CallClient, incoming: AnswerCallRequest) -> Result<(), OperationError> {
//!     let call = calls.answer_call(incoming).await?; // `CallConnected` has arrived
//!     let greeting = TextSource::new("Thank you for calling.").source_locale("en-US");
//!     call.play(PlayRequest::new([greeting])).await?; // `PlayCompleted` has arrived
//!     call.hang_up().await?;
//!     Ok(())
//! }
//! # drop((callback, greet));
//! ```
//!
//! Without a [`CallClient`], send the request and wait for the event that answers it:
//!
//! ```
//! use acs_rest::call_automation::PlayRequest;
//! use acs_rest::call_automation::TextSource;
//! use acs_rest::call_automation::events::{CallEvent, CallEventKind};
//! use acs_rest::event_processor::EventProcessor;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (processor, call) = (EventProcessor::new(), "18dea47f-b081");
//! let request = PlayRequest::new([TextSource::new("Hello.")]).operation_context("greeting 1");
//! // client.play(call, &request).await?;
//! # let event = CallEvent::new("1", CallEventKind::PlayCompleted);
//! # let event = event.with_call_connection_id(call).with_operation_context("greeting 1");
//! # processor.process_event(event);
//! let completed = processor.wait_for(call, &request).await?;
//! assert_eq!(completed.event.event_type, "Microsoft.Communication.PlayCompleted");
//! # Ok(())
//! # }
//! ```
//!
//! # Which event answers an operation
//!
//! An event answers an operation if it belongs to the same call, has the same operation context (or
//! none if the operation has none), and its type is one that answers this operation; see
//! [`CallOperation`]. If a request has no operation context, a [`Call`] adds a unique one. Do not
//! use the same context twice in a call, since the events of the two operations could not be
//! distinguished. Events of unknown types do not end a wait.
//!
//! * An event that arrives before its wait begins is kept, within the [`Limits`].
//! * An event that arrives twice, with the same source and id, is processed once.
//! * One event can answer several waits that are active at the same time.
//! * When the call ends, all its waits end. A wait that begins later ends immediately.
//! * Every wait has a deadline. Dropping a wait releases its resources.
//!
//! In stable versions of the API, no event reports the success of hold, unhold, mute, the start of
//! continuous recognition and the cancelation of media operations. The methods of [`Call`] return
//! when the service has accepted the request. [`Call::events`] contains a failure that is reported
//! later (`HoldFailed`).
//!
//! # Events that nothing waits for
//!
//! [`EventProcessor::events`] returns a stream of all events of a call, and a
//! [fallback](EventProcessorBuilder::fallback) handles the events that neither a wait nor a stream
//! takes.
//!
//! # More than one instance
//!
//! The events of a call must reach the process in which they are awaited. Name the instance in the
//! callback URL, and either let the load balancer route requests by that name, or forward events
//! between the instances. `acs_rest::webhook::EventForwarder` describes both.

mod builder;
mod call;
mod call_client;
mod disposition;
mod error;
mod event_stream;
mod interest;
mod kept;
mod limits;
mod listener;
mod operation;
mod operation_request;
mod operations;
mod recent;
mod shared;
mod state;
mod wait;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tokio::sync::mpsc;
use tracing::{debug, warn};

pub use self::builder::EventProcessorBuilder;
pub use self::call::Call;
pub use self::call_client::CallClient;
pub use self::disposition::{EventDisposition, EventMetrics};
pub use self::error::{OperationError, OperationErrorKind};
pub use self::event_stream::CallEvents;
use self::interest::{ContextFilter, Filter, Interest};
pub use self::limits::Limits;
use self::listener::Channel;
pub use self::operation::{Answer, CallOperation, Completed};
pub use self::operation_request::{OperationRequest, StartedOperation};
pub use self::operations::{HangUp, StopContinuousDtmfRecognition, Terminate};
#[cfg(feature = "webhook")]
pub(crate) use self::recent::RecentSet;
use self::shared::Shared;

use self::wait::ReadAnswer;
pub use self::wait::Wait;
use crate::EventError;
use crate::call_automation::events::{self, CallEvent};

/// Delivers the events of calls to the code that awaits them; see the [module](self).
///
/// Clones are cheap and share the processor. Waits and streams need a Tokio runtime with its timer
/// enabled.
#[derive(Clone)]
pub struct EventProcessor {
    shared: Arc<Shared>,
    timeout: Duration,
}

impl EventProcessor {
    /// Creates a processor with the default settings.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Starts building a processor with other settings.
    pub fn builder() -> EventProcessorBuilder {
        EventProcessorBuilder::default()
    }

    /// Processes the body of a callback request, which must have been
    /// [authenticated](crate::webhook).
    ///
    /// An event that cannot be read is logged and skipped, since it could not be read if it were
    /// sent again either.
    ///
    /// # Errors
    /// If the body as a whole is not JSON. Respond with 400.
    pub fn process(&self, body: &[u8]) -> Result<(), EventError> {
        for event in events::parse(body)? {
            match event {
                Ok(event) => self.process_event(event),
                Err(error) => warn!(error = %error, "an event of a call cannot be read"),
            }
        }
        Ok(())
    }

    /// Processes one event.
    pub fn process_event(&self, event: CallEvent) {
        debug!(
            cloudevents.event_id = event.id,
            cloudevents.event_type = event.event_type,
            acs.correlation_id = event.correlation_id(),
            "processed"
        );
        self.shared.process(event);
    }

    /// Waits for the event that answers an operation whose request has been sent or is about to be
    /// sent.
    ///
    /// The wait includes events that arrived earlier, unless another wait took them.
    pub fn wait_for<O: CallOperation>(
        &self,
        call_connection_id: impl AsRef<str>,
        request: &O,
    ) -> Wait<Completed<O::Completed>> {
        self.wait_for_operation(Some(call_connection_id.as_ref()), request)
    }

    /// Waits for the first event of a call that satisfies a condition.
    ///
    /// The wait includes events that arrived earlier, unless another wait took them. The condition
    /// is evaluated while events are processed, and must not block.
    ///
    /// ```
    /// use acs_rest::call_automation::events::{CallEvent, CallEventKind, ParticipantsUpdated};
    /// use acs_rest::event_processor::EventProcessor;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let processor = EventProcessor::new();
    /// # let event = CallEvent::new("1", ParticipantsUpdated::new().sequence_number(1));
    /// # processor.process_event(event.with_call_connection_id("18dea47f-b081"));
    /// let is_update = |event: &CallEvent| {
    ///     matches!(event.kind, CallEventKind::ParticipantsUpdated(_))
    /// };
    /// let update = processor.wait_for_event("18dea47f-b081", is_update).await?;
    /// # drop(update);
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait_for_event(
        &self,
        call_connection_id: impl AsRef<str>,
        condition: impl Fn(&CallEvent) -> bool + Send + Sync + 'static,
    ) -> Wait<Arc<CallEvent>> {
        let filter = Filter::of_any_context(condition);
        let call = Some(call_connection_id.as_ref());
        self.wait("wait_for_event", call, filter, Box::new(|event| Some(Ok(event))))
    }

    /// Returns a stream of all events of a call: first the kept events, then those that arrive.
    ///
    /// ```
    /// use acs_rest::call_automation::events::{CallEvent, CallEventKind};
    /// use acs_rest::event_processor::EventProcessor;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let processor = EventProcessor::new();
    /// # let event = CallEvent::new("1", CallEventKind::CallDisconnected);
    /// # processor.process_event(event.with_call_connection_id("18dea47f-b081"));
    /// let mut events = processor.events("18dea47f-b081");
    /// while let Some(event) = events.next().await {
    ///     println!("{}", event.event_type);
    /// }
    /// # }
    /// ```
    pub fn events(&self, call_connection_id: impl AsRef<str>) -> CallEvents {
        let (sender, receiver) = mpsc::channel(self.shared.limits.max_stream_events.max(1));
        let missed = Arc::new(AtomicU64::new(0));
        let channel = Channel::Stream(sender, Arc::clone(&missed));
        let call = Some(call_connection_id.as_ref());
        let registration = self.shared.listen(call, Interest::Call, channel);
        CallEvents::new(receiver, missed, self.shared.limits.reordering, registration)
    }

    /// Waits for an operation by its context alone if the id of the call is not known yet.
    fn wait_for_operation<O: CallOperation>(
        &self,
        call: Option<&str>,
        request: &O,
    ) -> Wait<Completed<O::Completed>> {
        let context = request.operation_context().filter(|context| !context.is_empty());
        let context = match O::HAS_CONTEXT {
            true => ContextFilter::Exactly(context.map(str::to_owned)),
            false => ContextFilter::Any,
        };
        let matches = Box::new(|event: &CallEvent| O::answer(&event.kind).is_some());
        let count = request.completing_events();
        self.wait(O::NAME, call, Filter { context, matches, count }, read_answers::<O>(count))
    }

    fn wait<T>(
        &self,
        operation: &'static str,
        call: Option<&str>,
        filter: Filter,
        read: ReadAnswer<T>,
    ) -> Wait<T> {
        let (sender, receiver) = mpsc::unbounded_channel();
        let interest = Interest::Answer(filter);
        let registration = self.shared.listen(call, interest, Channel::Wait(sender));
        let times = [self.timeout, self.shared.limits.reordering];
        Wait::new(operation, read, receiver, registration, times)
    }
}

/// Reads the events that answer an operation, the last of which completes it.
fn read_answers<O: CallOperation>(count: usize) -> ReadAnswer<Completed<O::Completed>> {
    let mut missing = count;
    Box::new(move |event| match O::answer(&event.kind)? {
        Answer::Completed(result) => {
            missing = missing.saturating_sub(1);
            (missing == 0).then_some(Ok(Completed { result, event }))
        }
        Answer::Failed => Some(Err(OperationError::failed(O::NAME, event))),
        Answer::Canceled => Some(Err(OperationError::canceled(O::NAME, event))),
    })
}

impl Default for EventProcessor {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for EventProcessor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventProcessor")
            .field("limits", &self.shared.limits)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
