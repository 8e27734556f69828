//! A duration without a format.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query] wait: std::time::Duration) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(std::time::Duration::ZERO).await };
}
