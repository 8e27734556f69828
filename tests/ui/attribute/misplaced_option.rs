//! The content type on the wrong side.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls/<id>", content_type = "application/json")]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
