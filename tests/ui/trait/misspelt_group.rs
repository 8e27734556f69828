//! The `s` of the group was forgotten.

use acs_rest::{Result, acs_operation};

#[acs_operation]
pub trait Calls {
    #[acs_operation(GET, "/calls/<id>")]
    async fn get(&self, id: &str) -> Result<()>;
    #[acs_operation(GET, "/calls")]
    async fn list(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { (client.get("id").await, client.list().await) };
}
