//! The operations on an established call and its participants.

use super::{
    AddParticipantRequest, AddParticipantResponse, CallConnectionProperties, CallParticipant,
    CancelAddParticipantRequest, CancelAddParticipantResponse, MoveParticipantsRequest,
    MoveParticipantsResponse, MuteParticipantsRequest, MuteParticipantsResult,
    RemoveParticipantRequest, RemoveParticipantResponse, TransferCallResponse,
    TransferToParticipantRequest,
};
use crate::{Pager, Result, acs_operations};

/// Controls an established call, which is addressed by its `call_connection_id`.
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
#[acs_operations]
pub trait CallConnection {
    /// Returns the properties of a call. Emits no event.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/get-call>.
    #[acs_operation(GET, "/calling/callConnections/<callConnectionId>")]
    async fn get_call(&self, call_connection_id: &str) -> Result<CallConnectionProperties>;

    /// Leaves the call. The call continues while at least two other participants remain.
    ///
    /// Emits `CallDisconnected`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/hangup-call>.
    #[acs_operation(DELETE, "/calling/callConnections/<callConnectionId>")]
    async fn hangup_call(&self, call_connection_id: &str) -> Result<()>;

    /// Ends the call for all participants.
    ///
    /// Emits `CallDisconnected`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/terminate-call>.
    #[acs_operation(POST, "/calling/callConnections/<callConnectionId>:terminate", repeatable)]
    async fn terminate_call(&self, call_connection_id: &str) -> Result<()>;

    /// Transfers a participant to another target.
    ///
    /// Emits `CallTransferAccepted` on success, or `CallTransferFailed`.
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

    /// Returns the participants of the call, page by page, without bots. Emits no event.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/get-participants>.
    #[acs_operation(GET, "/calling/callConnections/<callConnectionId>/participants")]
    fn get_participants(&self, call_connection_id: &str) -> Pager<CallParticipant>;

    /// Returns a participant by [raw id](crate::CommunicationIdentifier::raw_id). Emits no event.
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

    /// Invites a participant into the call.
    ///
    /// Emits `AddParticipantSucceeded` once the participant has joined, or `AddParticipantFailed`.
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

    /// Removes a participant from the call.
    ///
    /// Emits `RemoveParticipantSucceeded` on success, or `RemoveParticipantFailed`.
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

    /// Mutes participants. Only ACS users can be muted.
    ///
    /// Emits `ParticipantsUpdated`.
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

    /// Cancels an invitation that has not been accepted yet.
    ///
    /// Emits `CancelAddParticipantSucceeded` on success, or `CancelAddParticipantFailed`.
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

    /// Moves participants from another call into this one.
    ///
    /// Emits `MoveParticipantSucceeded` for each participant on success, or `MoveParticipantFailed`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/move-participants>.
    #[since("2026-03-12")]
    #[acs_operation(
        POST,
        "/calling/callConnections/<callConnectionId>/participants:moveHere",
        repeatable
    )]
    async fn move_participants(
        &self,
        call_connection_id: &str,
        request: &MoveParticipantsRequest,
    ) -> Result<MoveParticipantsResponse>;
}
