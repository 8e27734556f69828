//! An error that cannot hold ours.

use acs_rest::{Result, acs_operation};

#[derive(Debug)]
pub struct MyError;

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Result<(), MyError>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
