//! Answers, creates and connects to calls, and waits until they are established.

use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

use super::EventProcessor;
use super::call::Call;
use super::error::OperationError;
use super::operation::CallOperation;
use super::operation_request::{ensure_context, fail};
use crate::Client;
use crate::call_automation::{
    AnswerCallRequest, CallConnectionProperties, ConnectRequest, CreateCallRequest,
};

/// A client that answers, creates and connects to calls. Its operations complete when an event
/// reports their outcome.
///
/// ```
/// use acs_rest::call_automation::CreateCallRequest;
/// use acs_rest::event_processor::{CallClient, EventProcessor, OperationError};
/// use acs_rest::{Client, PhoneNumberIdentifier};
///
/// async fn ring(client: Client, processor: EventProcessor) -> Result<(), OperationError> {
///     let calls = CallClient::new(client, processor);
///     let callee = PhoneNumberIdentifier::new("+14255550123");
///     let request = CreateCallRequest::new([callee], "https://contoso.example/callbacks")
///         .source_caller_id_number(PhoneNumberIdentifier::new("+14255550100"));
///     let call = calls.create_call(request).await?; // the callee has answered
///     call.hang_up().await?;
///     Ok(())
/// }
/// # drop(ring);
/// ```
#[derive(Clone, Debug)]
pub struct CallClient {
    client: Client,
    processor: EventProcessor,
}

impl CallClient {
    /// Creates a call client from a client and the processor that receives the events of its calls.
    #[must_use]
    pub fn new(client: Client, processor: EventProcessor) -> Self {
        Self { client, processor }
    }

    /// Returns the client, for operations that no event answers.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the processor that receives the events.
    #[must_use]
    pub fn processor(&self) -> &EventProcessor {
        &self.processor
    }

    /// Returns a call that is already established, for example one from before a restart of the
    /// process.
    #[must_use]
    pub fn call(&self, call_connection_id: impl Into<String>) -> Call {
        let properties =
            CallConnectionProperties::new().call_connection_id(call_connection_id.into());
        Call::new(self.clone(), properties, Span::current())
    }

    /// Answers an incoming call, and waits until it is connected.
    ///
    /// # Errors
    /// If the request fails, or `AnswerFailed` or the end of the call is reported.
    pub async fn answer_call(&self, request: AnswerCallRequest) -> Result<Call, OperationError> {
        self.establish(request).await
    }

    /// Creates a call, and waits until it is connected: a target has answered it.
    ///
    /// # Errors
    /// If the request fails, or `CreateCallFailed` or the end of the call is reported.
    pub async fn create_call(&self, request: CreateCallRequest) -> Result<Call, OperationError> {
        self.establish(request).await
    }

    /// Connects to an established call, and waits until the client is connected.
    ///
    /// # Errors
    /// If the request fails, or `ConnectFailed` or the end of the call is reported.
    pub async fn connect(&self, request: ConnectRequest) -> Result<Call, OperationError> {
        self.establish(request).await
    }

    async fn establish<O>(&self, mut request: O) -> Result<Call, OperationError>
    where
        O: CallOperation<Accepted = CallConnectionProperties>,
    {
        let span = info_span!(
            "acs_rest.call_connection",
            otel.kind = "internal",
            otel.name = O::NAME,
            acs.call_connection_id = Empty,
            acs.correlation_id = Empty,
            error.type = Empty,
        );
        ensure_context(&mut request);
        let connected = async {
            // The event may arrive before the response, which contains the id of the call.
            let outcome = self.processor.wait_for_operation(None, &request);
            let properties = request.send(&self.client, "").await;
            let properties = properties.map_err(|error| OperationError::request(O::NAME, error))?;
            let call = Call::new(self.clone(), properties, Span::current());
            outcome.await.map(|_| call)
        };
        connected.instrument(span.clone()).await.inspect_err(|error| fail(&span, error))
    }
}
