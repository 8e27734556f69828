#[acs_operation(GET, "/rooms", header("Accept", "text/csv"), success_codes(304, 404))]
pub trait ListRooms {
    /// Lists them.
    async fn list_rooms(
        &self,
        #[query] options: &ListOptions,
        #[query("$select", list = "comma")] select: &[&str],
        #[header("If-Modified-Since")] modified: Option<OffsetDateTime>,
        #[query(format = "unix_seconds")] until: OffsetDateTime,
    ) -> Result<Option<String>>;
}
