//! A query without its question mark.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls&top=5")]
pub trait Calls {
    async fn get(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
