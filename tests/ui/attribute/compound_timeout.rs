//! Two units.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>", timeout = "2m30s")]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
