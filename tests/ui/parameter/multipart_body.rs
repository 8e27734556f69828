//! A body in parts.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/files")]
pub trait Get {
    async fn get(&self, #[body(content_type = "multipart/form-data")] file: &[u8]) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(b"a").await };
}
