//! An associated type.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    type Answer;
    async fn get(&self, id: &str) -> Result<Self::Answer>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
