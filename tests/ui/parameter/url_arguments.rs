//! A URL with a name.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET)]
pub trait Get {
    async fn get(&self, #[url("location")] url: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("a").await };
}
