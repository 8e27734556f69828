//! A header of the transport.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    async fn get(&self, #[header("Accept-Encoding")] encoding: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("x").await };
}
