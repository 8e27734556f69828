//! A value by an unknown name.

use acs_rest::acs_operation;

pub struct Foo;

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Foo;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
