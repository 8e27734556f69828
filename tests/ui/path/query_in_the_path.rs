//! A query as it stands in the URL.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>?top=5&skip=<skip>")]
pub trait Get {
    async fn get(&self, id: &str, skip: u32) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id", 3).await };
}
