//! A format of what is no time.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query(format = "unix_seconds")] since: u64) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(1).await };
}
