//! The version of a parameter.

use acs_rest::{Client, Result, acs_operation};

#[acs_operation(GET, "/rooms")]
pub trait List {
    async fn list(&self, #[since("2025-05-15")] #[query] top: u32) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move { client.list(1).await };
}
