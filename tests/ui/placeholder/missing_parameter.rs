//! A placeholder that nothing fills.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calling/callConnections/<callConnectionId>/participants/<participantId>:mute")]
pub trait Get {
    async fn get(&self, call_connection_id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
