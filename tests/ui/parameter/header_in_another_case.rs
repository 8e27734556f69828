//! A header as one word.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    async fn get(&self, #[header(ETag)] tag: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("x").await };
}
