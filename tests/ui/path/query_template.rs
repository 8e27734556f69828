//! The query of a URI template (RFC 6570).

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls{?top}")]
pub trait Calls {
    async fn get(&self, top: u32) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(1).await };
}
