//! An attribute of another framework, with its name.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    async fn get(&self, #[RequestParam("maxPageSize")] size: u32) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(1).await };
}
