//! A URL that is no text.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET)]
pub trait Get {
    async fn get(&self, #[url] url: Option<&str>) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(None).await };
}
