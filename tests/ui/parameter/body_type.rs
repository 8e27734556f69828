//! A body without `Serialize`.

use acs_rest::{Result, acs_operation};

pub struct Foo;

#[acs_operation(POST, "/calls")]
pub trait Get {
    async fn get(&self, foo: &Foo) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&Foo).await };
}
