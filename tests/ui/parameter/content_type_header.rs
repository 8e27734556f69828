//! A header of the body.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls")]
pub trait Get {
    async fn get(&self, #[header("Content-Type")] kind: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("x").await };
}
