//! A regular expression in the path.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/(?P<id>[^/]+)")]
pub trait Calls {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
