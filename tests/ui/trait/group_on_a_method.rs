//! The attribute of the group on a method.

use acs_rest::{Result, acs_operations};

#[acs_operations]
pub trait Calls {
    #[acs_operations(GET, "/calls/<id>")]
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
