//! A group where every method has its mistakes: 23 errors.

use acs_rest::{Result, acs_operations};

#[acs_operations(repeatabel)]
pub trait Calls: std::fmt::Display {
    #[acs_operation(PSOT, "calls/<callId>", repeatable = true)]
    async fn mute(&mut self, call_idd: &str, #[qurey] top: u32) -> Option<u8>;

    #[acs_operation(GET, "/calls/<id>/../<id>?top=5", timeout = "30", idempotent)]
    fn get(&self, id: Option<&str>, #[header] if_match: &str) -> Result<()>;

    fn helper(&self);

    #[acs_operation(HEAD, "/calls", api_version = "latest")]
    async fn with<T>(&self, #[body] request: &T) -> Result<String>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { (client.mute("id", 3).await, client.helper()) };
}
