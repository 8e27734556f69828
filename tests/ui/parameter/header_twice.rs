//! Two values for one header.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[header("If-Match")] a: &str, #[header("if-match")] b: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("a", "b").await };
}
