//! A header that is a query parameter.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &str, #[header("api-version")] version: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id", "2024-09-15").await };
}
