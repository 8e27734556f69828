#[acs_operation(PATCH, "/rooms/<roomId>/kinds/<type>", idempotent, crate = my_crate::acs_rest)]
pub trait UpdateRoom {
    async fn update_room<'a>(
        &'a self,
        #[body(content_type = "application/merge-patch+json")] patch: &Patch<'a>,
        r#type: Kind,
        #[path("roomId")] room: RoomId,
        #[query("$expand")] expand: &[&str],
    ) -> Result<Room>;
}
