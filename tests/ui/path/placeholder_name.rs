//! No name for a parameter.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<call-id>")]
pub trait Get {
    async fn get(&self, call_id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
