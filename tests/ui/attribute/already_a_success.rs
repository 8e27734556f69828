//! A code that is always a success.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls", success_codes(200))]
pub trait Get {
    async fn get(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
