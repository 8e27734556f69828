//! A raw identifier in the path.

use acs_rest::{Client, Result, acs_operation};

#[acs_operation(GET, "/rooms/<r#type>")]
pub trait List {
    async fn list(&self, r#type: &str) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move { client.list("a").await };
}
