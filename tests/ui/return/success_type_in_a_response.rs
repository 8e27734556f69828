//! An answer without `Deserialize`, in a response.

use acs_rest::{Response, Result, acs_operation};

pub struct Foo;

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Result<Response<Foo>>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
