//! A response without `async` and `Result`.

use acs_rest::{Response, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    fn get(&self, id: &str) -> Response<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
