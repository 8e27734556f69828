//! The `async` spelled out.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    fn get(&self) -> impl Future<Output = Result<()>>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
