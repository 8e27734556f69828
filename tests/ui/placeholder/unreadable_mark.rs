//! A name without parentheses, of another parameter name.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<callId>")]
pub trait Get {
    async fn get(&self, #[path = "callId"] id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
