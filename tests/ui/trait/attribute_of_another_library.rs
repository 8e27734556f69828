//! As Rocket writes it.

use acs_rest::{Result, acs_operations};

#[acs_operations]
pub trait Calls {
    #[get("/calls/<id>")]
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
