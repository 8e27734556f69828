//! A type of another crate in the query.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    async fn get(&self, #[query] since: std::time::SystemTime) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(std::time::SystemTime::now()).await };
}
