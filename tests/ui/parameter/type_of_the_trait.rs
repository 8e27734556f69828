//! `Self` as a value.

use acs_rest::{Client, Result, acs_operation};

#[acs_operation(GET, "/rooms")]
pub trait List {
    async fn list(&self, #[query] top: Self) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move { client.list(1).await };
}
