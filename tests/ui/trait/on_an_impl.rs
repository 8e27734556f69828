//! On an implementation.

use acs_rest::{Result, acs_operations};

pub struct Calls;

#[acs_operations]
impl Calls {
    #[acs_operation(GET, "/calls/<id>")]
    async fn get(&self, #[path] id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { (client, Calls.get("id").await) };
}
