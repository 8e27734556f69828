//! `#[path]` on a parameter of another name.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<callId>")]
pub trait Get {
    async fn get(&self, #[path] connection: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
