//! The parameter has another name than the placeholder.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<callConnectionId>")]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
