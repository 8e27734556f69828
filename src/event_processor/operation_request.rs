//! An operation on a call that has not been sent yet.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

use super::call::Call;
use super::error::OperationError;
use super::operation::{CallOperation, Completed};
use super::wait::Wait;

/// An operation on a [`Call`], which is sent when it is awaited.
///
/// Awaiting it sends the request, and waits for the event that answers it. If the request has no
/// operation context, a unique one is added.
#[must_use = "an operation is sent when it is awaited"]
pub struct OperationRequest<O> {
    call: Call,
    request: O,
    timeout: Option<Duration>,
}

/// An operation that the service has accepted.
#[derive(Debug)]
#[non_exhaustive]
pub struct StartedOperation<O: CallOperation> {
    /// The response of the service.
    pub accepted: O::Accepted,
    /// The wait for the outcome.
    pub outcome: Wait<Completed<O::Completed>>,
}

impl<O: CallOperation> OperationRequest<O> {
    pub(super) fn new(call: Call, request: O) -> Self {
        Self { call, request, timeout: None }
    }

    /// Sets how long to wait for the outcome, instead of the
    /// [timeout](super::EventProcessorBuilder::timeout) of the processor.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sends the request and returns once the service has accepted it, without waiting for the
    /// outcome.
    ///
    /// ```
    /// use acs_rest::call_automation::{FileSource, PlayOptions, PlayRequest};
    /// use acs_rest::event_processor::{Call, OperationError};
    ///
    /// async fn music_until_an_agent_joins(call: &Call) -> Result<(), OperationError> {
    ///     let music = FileSource::new("https://contoso.example/music.wav");
    ///     let request = PlayRequest::new([music]).play_options(PlayOptions::new(true));
    ///     let music = call.play(request).start().await?;
    ///     // … meanwhile …
    ///     call.cancel_all_media_operations().await?;
    ///     let canceled = music.outcome.await.unwrap_err();
    ///     println!("{canceled}");
    ///     Ok(())
    /// }
    /// # drop(music_until_an_agent_joins);
    /// ```
    ///
    /// # Errors
    /// If the request fails.
    pub async fn start(self) -> Result<StartedOperation<O>, OperationError> {
        let span = self.span();
        let started = self.send().instrument(span.clone()).await;
        started.inspect_err(|error| fail(&span, error))
    }

    async fn send(mut self) -> Result<StartedOperation<O>, OperationError> {
        let processor = self.call.processor();
        ensure_context(&mut self.request);
        // The event may arrive before the response.
        let mut outcome = processor.wait_for(self.call.id(), &self.request);
        if let Some(timeout) = self.timeout {
            outcome = outcome.timeout(timeout);
        }
        let accepted = self.request.send(self.call.client(), self.call.id()).await;
        let accepted = accepted.map_err(|error| OperationError::request(O::NAME, error))?;
        Ok(StartedOperation { accepted, outcome })
    }

    async fn run(self) -> Result<Completed<O::Completed>, OperationError> {
        let span = self.span();
        let run = async { self.send().await?.outcome.await };
        run.instrument(span.clone()).await.inspect_err(|error| fail(&span, error))
    }

    fn span(&self) -> Span {
        info_span!(
            parent: self.call.span(),
            "acs_rest.operation",
            otel.kind = "internal",
            otel.name = O::NAME,
            error.type = Empty,
        )
    }
}

/// Sets the operation context of a request if it has none.
pub(super) fn ensure_context<O: CallOperation>(request: &mut O) {
    if request.operation_context().is_none_or(str::is_empty) {
        request.set_operation_context(new_context());
    }
}

/// Returns a unique context.
fn new_context() -> String {
    use crate::{RandomSource, SystemRandomSource};
    format!("{:032x}", SystemRandomSource.random())
}

pub(super) fn fail(span: &Span, error: &OperationError) {
    span.record("error.type", format!("{:?}", error.kind()));
}

impl<O: CallOperation + 'static> IntoFuture for OperationRequest<O> {
    type Output = Result<Completed<O::Completed>, OperationError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<O: CallOperation> fmt::Debug for OperationRequest<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationRequest")
            .field("operation", &O::NAME)
            .field("call", &self.call)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
