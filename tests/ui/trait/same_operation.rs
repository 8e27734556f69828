//! One method and path, twice.

use acs_rest::{Result, acs_operations};

#[acs_operations]
pub trait Calls {
    #[acs_operation(GET, "/calls/<id>")]
    async fn get(&self, id: &str) -> Result<()>;
    #[acs_operation(GET, "/calls/<callId>")]
    async fn state(&self, call_id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { (client.get("id").await, client.state("id").await) };
}
