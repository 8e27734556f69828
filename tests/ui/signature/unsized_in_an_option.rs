//! A slice without a size, inside.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls")]
pub trait Get {
    async fn get(&self, marks: Option<[u8]>) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(Some(&[1_u8][..])).await };
}
