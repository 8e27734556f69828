//! A name that the path does not hold.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<callId>/participants/<id>")]
pub trait Get {
    async fn get(&self, call_id: &str, #[path("participant")] x: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id", "x").await };
}
