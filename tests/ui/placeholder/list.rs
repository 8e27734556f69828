//! Several values in one segment.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<ids>")]
pub trait Get {
    async fn get(&self, ids: &[&str]) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&["id"]).await };
}
