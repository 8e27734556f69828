//! Optional bytes as a list of numbers.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/files")]
pub trait Get {
    async fn get(&self) -> Result<Option<Vec<u8>>>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
