//! An error without a size.

use acs_rest::acs_operation;

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Result<(), dyn std::error::Error>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
