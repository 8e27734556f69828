//! Bytes without a size.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query] marks: [u8]) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&[1_u8][..]).await };
}
