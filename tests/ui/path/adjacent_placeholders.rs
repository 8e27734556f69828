//! Two placeholders with nothing between.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id><other>")]
pub trait Calls {
    async fn get(&self, id: &str, other: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("a", "b").await };
}
