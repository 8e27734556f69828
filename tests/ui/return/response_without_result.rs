//! A response that cannot fail.

use acs_rest::{Response, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Response<String>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
