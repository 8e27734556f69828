//! A method that is being typed.

use acs_rest::{Result, acs_operations};

#[acs_operations]
pub trait Calls {
    #[acs_operation(GET, "/calls/<id>")]
    async fn get(&self, id: &str) -> Result<()>;
    #[acs_operation(DELETE, "/calls/<id>")]
    async fn
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
