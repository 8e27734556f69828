//! A version that is not in quotes.

use acs_rest::{Client, Result, acs_operation};

#[acs_operation(GET, "/rooms")]
pub trait List {
    #[since(2024-06-15)]
    async fn list(&self) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move { client.list().await };
}
