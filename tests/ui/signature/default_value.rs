//! A default, as Python has it.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &str = "id") -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
