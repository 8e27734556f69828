//! The method and path on the trait of a group.

use acs_rest::{Result, acs_operations};

#[acs_operations(GET, "/calls/<id>")]
pub trait Calls {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
