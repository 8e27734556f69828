//! Four mistakes in one declaration: 4 errors.

use acs_rest::{Result, acs_operation};

#[derive(serde::Serialize)]
pub struct Request;

#[acs_operation(post, "/calls/{callId}", timout = "3s")]
pub trait Play {
    async fn play(&self, call_id: &str, request: &Request, verbose: bool) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.play("id", &Request, true).await };
}
