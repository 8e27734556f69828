//! Call Connection: a call that is up, and who is in it.

use super::{
    CallConnectionProperties, CallParticipant, MuteParticipantsRequest, MuteParticipantsResult,
};
use crate::{Pager, Result, acs_operations};

/// Steering one call, by its `call_connection_id`.
///
/// ```no_run
/// use acs_rest::call_automation::{CallConnection, MuteParticipantsRequest};
/// use acs_rest::{Client, CommunicationUserIdentifier};
///
/// # async fn example(client: Client) -> acs_rest::Result<()> {
/// let user = CommunicationUserIdentifier::new("8:acs:resource_user");
/// client.mute_participants("18dea47f", &MuteParticipantsRequest::new([user])).await?;
/// # Ok(())
/// # }
/// ```
#[acs_operations(api_version = "2024-09-15")]
pub trait CallConnection {
    /// The call's properties.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/get-call>.
    #[acs_operation(GET, "/calling/callConnections/<callConnectionId>")]
    async fn get_call(&self, call_connection_id: &str) -> Result<CallConnectionProperties>;

    /// Who is in the call, page by page. The service leaves bots out.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-connection/get-participants>.
    #[acs_operation(GET, "/calling/callConnections/<callConnectionId>/participants")]
    fn get_participants(&self, call_connection_id: &str) -> Pager<CallParticipant>;

    /// One participant, by raw id.
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
}
