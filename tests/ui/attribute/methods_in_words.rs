//! Alternatives in words.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET or POST, "/calls")]
pub trait Calls {
    async fn get(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
