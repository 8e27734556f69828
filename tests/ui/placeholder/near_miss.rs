//! A slip of the fingers.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/participants/<participantId>")]
pub trait Get {
    async fn get(&self, participent_id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
