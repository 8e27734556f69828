//! A constant for the path.

use acs_rest::{Result, acs_operation};

const CALL: &str = "/calls/<id>";
const _: &str = CALL;

#[acs_operation(GET, CALL)]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
