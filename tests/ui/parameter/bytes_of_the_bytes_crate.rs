//! Shared bytes without a media type.

use acs_rest::bytes::Bytes;
use acs_rest::{Result, acs_operation};

#[acs_operation(PUT, "/files")]
pub trait Get {
    async fn get(&self, file: Bytes) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(Bytes::new()).await };
}
