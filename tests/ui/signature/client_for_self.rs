//! The client as an argument.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(client: &acs_rest::Client, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
