//! A response without a size.

use acs_rest::{Response, Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Result<Response<dyn Send>>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
