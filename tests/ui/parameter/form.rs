//! A form, where bodies are JSON.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &str, #[form] fields: &[u8]) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id", &[]).await };
}
