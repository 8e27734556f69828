//! The body of `HEAD`.

use acs_rest::{Result, acs_operation};

#[acs_operation(HEAD, "/calls")]
pub trait Get {
    async fn get(&self) -> Result<String>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
