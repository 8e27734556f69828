//! A default value, as in FastAPI.

use acs_rest::{Client, Result, acs_operation};

#[acs_operation(GET, "/rooms")]
pub trait List {
    async fn list(&self, #[query(default = 10)] top: u32) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move { client.list(1).await };
}
