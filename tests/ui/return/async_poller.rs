//! An `async` operation that returns a poller.

use acs_rest::{Poller, acs_operation};

#[acs_operation(POST, "/calls")]
pub trait Get {
    async fn get(&self) -> Poller<String>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
