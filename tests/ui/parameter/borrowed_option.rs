//! The reference on the wrong side.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query] name: &Option<String>) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&None).await };
}
