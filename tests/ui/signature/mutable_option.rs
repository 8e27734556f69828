//! Something to write to, or not.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &str, #[body] tones: Option<&mut Vec<u8>>) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id", None).await };
}
