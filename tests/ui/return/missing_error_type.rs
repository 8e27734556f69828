//! The standard library's `Result` with one type.

use acs_rest::{acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    async fn get(&self) -> std::result::Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
