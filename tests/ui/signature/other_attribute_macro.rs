//! An attribute macro that needs a body.

use acs_rest::{Result, acs_operations};

#[acs_operations]
pub trait Calls {
    #[acs_operation(GET, "/calls/<id>")]
    #[tracing::instrument(skip(self))]
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
