//! A constant header without its value.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls", header("Accept"))]
pub trait Get {
    async fn get(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
