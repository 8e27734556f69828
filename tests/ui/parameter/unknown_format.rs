//! A format by another name.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query("since", format = "iso8601")] since: acs_rest::time::OffsetDateTime) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(acs_rest::time::OffsetDateTime::UNIX_EPOCH).await };
}
