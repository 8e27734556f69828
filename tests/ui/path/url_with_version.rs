//! A whole URL, with its version.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "https://contoso.communication.azure.com/calls?api-version=2025-03-15-preview")]
pub trait Calls {
    async fn get(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
