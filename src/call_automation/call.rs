//! Call Automation: how a call comes about.

use super::{
    AnswerCallRequest, CallConnectionProperties, ConnectRequest, CreateCallRequest,
    RedirectCallRequest, RejectCallRequest,
};
use crate::{Result, acs_operations};

/// Starting calls, and deciding about incoming ones.
///
/// ```
/// use acs_rest::call_automation::{CallAutomation, CreateCallRequest};
/// use acs_rest::{Client, CommunicationUserIdentifier};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> acs_rest::Result<()> {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// # let connection_string = emulator.connection_string();
/// let client = Client::from_connection_string(connection_string)?;
/// let alice = CommunicationUserIdentifier::new("8:acs:resource_alice");
/// let request = CreateCallRequest::new([alice], "https://contoso.example/events")
///     .source_display_name("Contoso")
///     .operation_context("order 4711");
/// let call = client.create_call(&request).await?;
/// assert!(call.call_connection_id.is_some());
/// # Ok(())
/// # }
/// ```
///
/// An incoming call is announced by Event Grid, with a context that is worth one decision:
///
/// ```
/// use acs_rest::call_automation::{
///     AnswerCallRequest, CallAutomation, CallRejectReason, RejectCallRequest,
/// };
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> acs_rest::Result<()> {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// # let client = acs_rest::Client::from_connection_string(emulator.connection_string())?;
/// # let (context, busy) = (emulator.incoming_call("4:+14255550123"), false);
/// if busy {
///     let request = RejectCallRequest::new(context).call_reject_reason(CallRejectReason::Busy);
///     client.reject_call(&request).await?;
/// } else {
///     let request = AnswerCallRequest::new(context, "https://contoso.example/events");
///     let call = client.answer_call(&request).await?;
///     assert_eq!(call.source.unwrap().raw_id(), "4:+14255550123"); // who calls
/// }
/// # Ok(())
/// # }
/// ```
#[acs_operations(api_version = "2024-09-15")]
pub trait CallAutomation {
    /// Calls one or more targets.
    ///
    /// It returns while the phones still ring: the `CallConnected` event tells that the call is up,
    /// `CreateCallFailed` that it is not.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/create-call/create-call>.
    #[acs_operation(POST, "/calling/callConnections", repeatable)]
    async fn create_call(&self, request: &CreateCallRequest) -> Result<CallConnectionProperties>;

    /// Takes an incoming call.
    ///
    /// The `CallConnected` event tells that the call is up, `AnswerFailed` that it is not.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/answer-call/answer-call>.
    #[acs_operation(POST, "/calling/callConnections:answer", repeatable)]
    async fn answer_call(&self, request: &AnswerCallRequest) -> Result<CallConnectionProperties>;

    /// Hands an incoming call to somebody else, without taking it. No event follows.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/redirect-call/redirect-call>.
    #[acs_operation(POST, "/calling/callConnections:redirect", repeatable)]
    async fn redirect_call(&self, request: &RedirectCallRequest) -> Result<()>;

    /// Turns an incoming call away. No event follows.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/reject-call/reject-call>.
    #[acs_operation(POST, "/calling/callConnections:reject", repeatable)]
    async fn reject_call(&self, request: &RejectCallRequest) -> Result<()>;

    /// Joins a call that is already up, so that it can be steered from here.
    ///
    /// The `CallConnected` event tells that it worked, `ConnectFailed` that it did not.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/connect/connect>.
    #[acs_operation(POST, "/calling/callConnections:connect", repeatable)]
    async fn connect(&self, request: &ConnectRequest) -> Result<CallConnectionProperties>;
}
