//! Two parameters for one placeholder.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, #[path("id")] a: &str, #[path("id")] b: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("a", "b").await };
}
