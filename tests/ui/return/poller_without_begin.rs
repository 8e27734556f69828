//! A long-running operation by another name.

use acs_rest::{Client, Poller, acs_operation};

#[acs_operation(POST, "/emails:send")]
pub trait Email {
    fn send(&self, #[body] message: &str) -> Poller<String>;
}

fn main() {
    let _ = |client: Client| async move { client.send("Hello").await };
}
