//! A host without its scheme.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "contoso.communication.azure.com/calls/<id>")]
pub trait Calls {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
