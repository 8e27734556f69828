//! `Option` of nothing.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    async fn get(&self, #[query] top: Option) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(None).await };
}
