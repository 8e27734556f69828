//! The URL of a REST page, with its version.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>?api-version=2025-03-15-preview")]
pub trait Calls {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
