//! Operations whose outcome arrives as an event.

use std::sync::Arc;

use crate::call_automation::events::{CallEvent, CallEventKind};
use crate::{Client, Result};

/// The request of an operation whose outcome arrives as an event.
///
/// The requests of Call Automation implement this trait. Implement it for the request of an
/// operation that you declared, in order to await the operation in the same way:
///
/// ```
/// use acs_rest::call_automation::events::CallEventKind;
/// use acs_rest::event_processor::{Answer, CallOperation};
/// use acs_rest::{Client, Result, acs_operation};
///
/// #[derive(Clone, serde::Serialize)]
/// #[serde(rename_all = "camelCase")]
/// pub struct InterruptAudioRequest {
///     pub operation_context: Option<String>,
/// }
///
/// #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:interruptAudio")]
/// pub trait InterruptAudio {
///     async fn interrupt_audio(
///         &self,
///         call_connection_id: &str,
///         request: &InterruptAudioRequest,
///     ) -> Result<()>;
/// }
///
/// impl CallOperation for InterruptAudioRequest {
///     type Accepted = ();
///     type Completed = ();
///     const NAME: &'static str = "interrupt_audio";
///
///     fn answer(event: &CallEventKind) -> Option<Answer<()>> {
///         match event {
///             CallEventKind::PlayCanceled => Some(Answer::Completed(())),
///             _ => None,
///         }
///     }
///
///     fn operation_context(&self) -> Option<&str> {
///         self.operation_context.as_deref()
///     }
///
///     fn set_operation_context(&mut self, context: String) {
///         self.operation_context = Some(context);
///     }
///
///     async fn send(&self, client: &Client, call_connection_id: &str) -> Result<()> {
///         client.interrupt_audio(call_connection_id, self).await
///     }
/// }
/// ```
pub trait CallOperation: Send + Sync {
    /// The response to an accepted request.
    type Accepted: Send;
    /// The result in the event that completes the operation.
    type Completed: Send;
    /// The name of the operation, for errors and telemetry.
    const NAME: &'static str;
    /// Whether the events that answer the operation have its operation context.
    const HAS_CONTEXT: bool = true;

    /// Reads the outcome from an event. Returns `None` if the event does not answer the operation.
    fn answer(event: &CallEventKind) -> Option<Answer<Self::Completed>>;

    /// Returns the number of events that complete the operation.
    fn completing_events(&self) -> usize {
        1
    }

    /// Returns the operation context, if the request has one.
    fn operation_context(&self) -> Option<&str>;

    /// Sets the operation context. It may do nothing if [`HAS_CONTEXT`](Self::HAS_CONTEXT) is
    /// false.
    fn set_operation_context(&mut self, context: String);

    /// Sends the request. The id of the call is empty for an operation that establishes a call.
    fn send(
        &self,
        client: &Client,
        call_connection_id: &str,
    ) -> impl Future<Output = Result<Self::Accepted>> + Send;
}

/// The outcome of an operation, as an event reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer<T> {
    /// The operation completed.
    Completed(T),
    /// The operation failed.
    Failed,
    /// Another operation canceled this one.
    Canceled,
}

/// A completed operation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Completed<T> {
    /// The result in the event, such as the recognized input, or `()` if there is none.
    pub result: T,
    /// The event. Its [`reason`](CallEvent::reason) states, for example, why the input ended.
    pub event: Arc<CallEvent>,
}
