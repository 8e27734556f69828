//! A constant header that a parameter sends.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls", header("x-kind", "a"))]
pub trait Get {
    async fn get(&self, #[header("X-Kind")] kind: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("a").await };
}
