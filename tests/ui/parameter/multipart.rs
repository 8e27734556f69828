//! A form, which no operation takes.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls")]
pub trait Calls {
    async fn send(&self, #[multipart] file: &[u8]) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.send(b"").await };
}
