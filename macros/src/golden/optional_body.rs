#[acs_operation(POST, "/identities")]
pub trait CreateIdentity {
    async fn create_identity(&self, request: Option<&CreateRequest>) -> Result<Created>;
}
