//! Call Connection: a call that is up, and who is in it.

use super::{
    AddParticipantRequest, AddParticipantResponse, CallConnectionProperties, CallParticipant,
    CancelAddParticipantRequest, CancelAddParticipantResponse, MuteParticipantsRequest,
    MuteParticipantsResult, RemoveParticipantRequest, RemoveParticipantResponse,
    TransferCallResponse, TransferToParticipantRequest,
};
use crate::{Pager, Result, acs_operations};

/// Steering one call, by its `call_connection_id`.
///
/// ```
/// # use acs_rest::call_automation::{CallAutomation, CreateCallRequest};
/// use acs_rest::call_automation::{AddParticipantRequest, CallConnection, MuteParticipantsRequest};
/// use acs_rest::{Client, CommunicationUserIdentifier};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> acs_rest::Result<()> {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// # let client = Client::from_connection_string(emulator.connection_string())?;
/// # let alice = CommunicationUserIdentifier::new("8:acs:resource_alice");
/// # let request = CreateCallRequest::new([alice], "https://contoso.example/events");
/// # let call = client.create_call(&request).await?.call_connection_id.unwrap();
/// let bob = CommunicationUserIdentifier::new("8:acs:resource_bob");
/// client.add_participant(&call, &AddParticipantRequest::new(bob.clone())).await?;
/// client.mute_participants(&call, &MuteParticipantsRequest::new([bob.clone()])).await?;
/// assert_eq!(client.get_participant(&call, &bob.id).await?.is_muted, Some(true));
///
/// let mut participants = client.get_participants(&call);
/// while let Some(participant) = participants.next().await {
///     println!("{:?}", participant?.identifier);
/// }
/// client.terminate_call(&call).await
/// # }
/// ```
#[acs_operations(api_version = "2024-09-15")]
pub trait CallConnection {
    /// The call's properties.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/get-call>.
    #[acs_operation(GET, "/calling/callConnections/<callConnectionId>")]
    async fn get_call(&self, call_connection_id: &str) -> Result<CallConnectionProperties>;

    /// Leaves the call, which goes on if two others or more are in it.
    ///
    /// The `CallDisconnected` event follows.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/hangup-call>.
    #[acs_operation(DELETE, "/calling/callConnections/<callConnectionId>")]
    async fn hangup_call(&self, call_connection_id: &str) -> Result<()>;

    /// Ends the call for everyone.
    ///
    /// The `CallDisconnected` event follows.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/terminate-call>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:terminate", repeatable)]
    async fn terminate_call(&self, call_connection_id: &str) -> Result<()>;

    /// Hands the call to somebody else.
    ///
    /// The `CallTransferAccepted` event tells that it worked, `CallTransferFailed` that it did not.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/transfer-to-participant>.
    #[acs_operation(
        POST,
        "/calling/callConnections/<callConnectionId>:transferToParticipant",
        repeatable
    )]
    async fn transfer_to_participant(
        &self,
        call_connection_id: &str,
        request: &TransferToParticipantRequest,
    ) -> Result<TransferCallResponse>;

    /// Who is in the call, page by page. The service leaves bots out.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/get-participants>.
    #[acs_operation(GET, "/calling/callConnections/<callConnectionId>/participants")]
    fn get_participants(&self, call_connection_id: &str) -> Pager<CallParticipant>;

    /// One participant, by [raw id](crate::CommunicationIdentifier::raw_id).
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/get-participant>.
    #[acs_operation(
        GET,
        "/calling/callConnections/<callConnectionId>/participants/<participantRawId>"
    )]
    async fn get_participant(
        &self,
        call_connection_id: &str,
        participant_raw_id: &str,
    ) -> Result<CallParticipant>;

    /// Calls somebody into the call.
    ///
    /// The `AddParticipantSucceeded` event tells that they came, `AddParticipantFailed` that they
    /// did not.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/add-participant>.
    #[acs_operation(
        POST,
        "/calling/callConnections/<callConnectionId>/participants:add",
        repeatable
    )]
    async fn add_participant(
        &self,
        call_connection_id: &str,
        request: &AddParticipantRequest,
    ) -> Result<AddParticipantResponse>;

    /// Removes somebody from the call.
    ///
    /// The `RemoveParticipantSucceeded` event tells that it worked, `RemoveParticipantFailed` that
    /// it did not.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/remove-participant>.
    #[acs_operation(
        POST,
        "/calling/callConnections/<callConnectionId>/participants:remove",
        repeatable
    )]
    async fn remove_participant(
        &self,
        call_connection_id: &str,
        request: &RemoveParticipantRequest,
    ) -> Result<RemoveParticipantResponse>;

    /// Mutes participants; the service takes ACS users only. The `ParticipantsUpdated` event
    /// tells it to everyone.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/mute>.
    #[acs_operation(
        POST,
        "/calling/callConnections/<callConnectionId>/participants:mute",
        repeatable
    )]
    async fn mute_participants(
        &self,
        call_connection_id: &str,
        request: &MuteParticipantsRequest,
    ) -> Result<MuteParticipantsResult>;

    /// Takes back an invitation that nobody has accepted yet.
    ///
    /// The `CancelAddParticipantSucceeded` event tells that it worked, `CancelAddParticipantFailed`
    /// that it did not.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/cancel-add-participant>.
    #[acs_operation(
        POST,
        "/calling/callConnections/<callConnectionId>/participants:cancelAddParticipant",
        repeatable
    )]
    async fn cancel_add_participant(
        &self,
        call_connection_id: &str,
        request: &CancelAddParticipantRequest,
    ) -> Result<CancelAddParticipantResponse>;
}
