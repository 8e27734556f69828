//! An answer without `Deserialize`.

use acs_rest::{Result, acs_operation};

pub struct Foo;

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Result<Foo>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
