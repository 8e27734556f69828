//! An arrow with nothing behind it.

use acs_rest::{acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Calls {
    async fn get(&self, id: &str) -> ;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
