//! Two URLs.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET)]
pub trait Get {
    async fn get(&self, #[url] url: &str, #[url] other: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("a", "b").await };
}
