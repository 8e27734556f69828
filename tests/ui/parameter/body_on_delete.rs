//! A body on `DELETE`.

use acs_rest::{Result, acs_operation};

#[derive(serde::Serialize)]
pub struct Request;

#[acs_operation(DELETE, "/calls")]
pub trait Get {
    async fn get(&self, #[body] request: &Request) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&Request).await };
}
