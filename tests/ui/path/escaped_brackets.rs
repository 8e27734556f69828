//! Copied out of HTML.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/&lt;id&gt;")]
pub trait Calls {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
