//! A stream by its trait.

use acs_rest::acs_operation;

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &str) -> impl Stream<Item = u8>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
