//! An error type of the standard library.

use acs_rest::{acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    async fn get(&self) -> std::io::Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
