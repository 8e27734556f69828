//! An `async` too many.

use acs_rest::{Pager, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Pager<String>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
