//! A trait where a type belongs.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls")]
pub trait Calls {
    async fn send(&self, #[body] request: &std::fmt::Debug) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.send(&1).await };
}
