//! An answer that borrows.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Result<&str>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
