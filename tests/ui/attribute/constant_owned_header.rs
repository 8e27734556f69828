//! A constant header that the client sets.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls", header("Content-Type", "text/csv"))]
pub trait Get {
    async fn get(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
