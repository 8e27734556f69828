//! The version of a whole trait.

use acs_rest::{Client, Result, acs_operation};

#[acs_operation(GET, "/rooms")]
#[since("2025-05-15")]
pub trait List {
    async fn list(&self) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move { client.list().await };
}
