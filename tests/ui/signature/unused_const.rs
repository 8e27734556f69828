//! A constant that nothing can tell.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get<const N: usize>(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
