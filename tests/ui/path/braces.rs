//! Placeholders as the REST page writes them.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/{id}/participants/{participantId}")]
pub trait Get {
    async fn get(&self, id: &str, participant_id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id", "p").await };
}
