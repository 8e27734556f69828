//! A struct under a type that is not JSON.

use acs_rest::{Result, acs_operation};

#[derive(serde::Serialize)]
pub struct Rows;

#[acs_operation(POST, "/files")]
pub trait Get {
    async fn get(&self, #[body(content_type = "text/csv")] rows: &Rows) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&Rows).await };
}
