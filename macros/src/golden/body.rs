/// Mutes participants of a call.
#[acs_operation(POST, "/calling/callConnections/<callConnectionId>/participants:mute", repeatable)]
pub trait MuteParticipants {
    /// Mutes them.
    async fn mute_participants(&self, call_connection_id: &str, request: &MuteParticipantsRequest)
        -> Result<MuteParticipantsResult>;
}
