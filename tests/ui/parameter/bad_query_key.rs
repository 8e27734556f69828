//! The key with its question mark.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query("?top=")] top: u32) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(3).await };
}
