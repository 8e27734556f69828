//! Two parameters of one name.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query] top: u32, #[query("max")] top: u32) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(3, 4).await };
}
