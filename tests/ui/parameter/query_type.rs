//! A type that is no query value.

use acs_rest::{Result, acs_operation};

pub struct Foo;

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query] foo: &Foo) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&Foo).await };
}
