#[acs_operation(GET, "/calling/callConnections/<callConnectionId>/participants", items = "values")]
pub trait ListParticipants {
    fn list_participants(&self, call_connection_id: &str, #[query] max_page_size: Option<u32>)
        -> Pager<CallParticipant>;
}
