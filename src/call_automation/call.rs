//! The operations that create, answer, redirect, reject and connect to calls.

use super::{
    AnswerCallRequest, CallConnectionProperties, ConnectRequest, CreateCallRequest,
    RedirectCallRequest, RejectCallRequest,
};
use crate::{Result, acs_operations};

/// Creates calls, and answers, redirects and rejects incoming calls.
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
/// Event Grid announces an incoming call with a context, which can be used once: to answer the
/// call, to redirect it, or to reject it.
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
///     assert_eq!(call.source.unwrap().raw_id(), "4:+14255550123"); // the caller
/// }
/// # Ok(())
/// # }
/// ```
///
/// These five operations send the Repeatability headers, but the responses of the service do not
/// confirm that it recognises them, and a second request could create a second call. Therefore a
/// request that may have been executed is not sent again, and the error reports
/// [`Outcome::Unknown`](crate::Outcome::Unknown), unless an earlier response of the operation to
/// this client contained `Repeatability-Result: accepted` and no successful response since then
/// lacked it. [`CallOptions::trust_repeatability`](crate::CallOptions::trust_repeatability)
/// overrides this.
#[acs_operations]
pub trait CallAutomation {
    /// Creates a call to one or more targets.
    ///
    /// The operation returns while the targets are still ringing. Emits `CallConnected` once the call is
    /// established, or `CreateCallFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/create-call/create-call>.
    #[acs_operation(POST, "/calling/callConnections", repeatable = "unconfirmed")]
    async fn create_call(&self, request: &CreateCallRequest) -> Result<CallConnectionProperties>;

    /// Answers an incoming call.
    ///
    /// Emits `CallConnected` once the call is established, or `AnswerFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/answer-call/answer-call>.
    #[acs_operation(POST, "/calling/callConnections:answer", repeatable = "unconfirmed")]
    async fn answer_call(&self, request: &AnswerCallRequest) -> Result<CallConnectionProperties>;

    /// Redirects an incoming call to another target, without answering it. Emits no event.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/redirect-call/redirect-call>.
    #[acs_operation(POST, "/calling/callConnections:redirect", repeatable = "unconfirmed")]
    async fn redirect_call(&self, request: &RedirectCallRequest) -> Result<()>;

    /// Rejects an incoming call. Emits no event.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/reject-call/reject-call>.
    #[acs_operation(POST, "/calling/callConnections:reject", repeatable = "unconfirmed")]
    async fn reject_call(&self, request: &RejectCallRequest) -> Result<()>;

    /// Connects to an established call. The client can then control the call.
    ///
    /// Emits `CallConnected` on success, or `ConnectFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/connect/connect>.
    #[acs_operation(POST, "/calling/callConnections:connect", repeatable = "unconfirmed")]
    async fn connect(&self, request: &ConnectRequest) -> Result<CallConnectionProperties>;
}
