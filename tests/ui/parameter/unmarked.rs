//! A parameter that goes nowhere.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, verbose: bool) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(true).await };
}
