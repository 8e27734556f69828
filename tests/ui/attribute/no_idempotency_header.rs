//! An idempotency header that is not sent.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls/<id>", idempotent = "Operation-Id")]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
