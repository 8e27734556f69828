//! A trait that `dyn` does not take.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls")]
pub trait Get {
    async fn get(&self, request: &(dyn Clone + Sync)) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&()).await };
}
