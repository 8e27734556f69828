//! Two operations under one attribute.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Calls {
    async fn get(&self, id: &str) -> Result<()>;
    async fn list(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { (client.get("id").await, client.list().await) };
}
