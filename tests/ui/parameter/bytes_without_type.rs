//! Bytes without a media type.

use acs_rest::{Result, acs_operation};

#[acs_operation(PUT, "/files")]
pub trait Get {
    async fn get(&self, file: &[u8]) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(b"a").await };
}
