//! A pager in an answer.

use acs_rest::{Pager, Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &str) -> Result<Vec<Pager<String>>>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
