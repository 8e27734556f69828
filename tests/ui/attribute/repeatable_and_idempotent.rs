//! Two promises at once.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls/<id>", repeatable, idempotent)]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
