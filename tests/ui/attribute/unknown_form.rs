//! A form of `repeatable` that does not exist.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls/<id>", repeatable = "request_id")]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
