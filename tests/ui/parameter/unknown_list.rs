//! A list as another language has it.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query(list = ",")] tags: &[&str]) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&["a"]).await };
}
