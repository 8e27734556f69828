//! A placeholder of C.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/%d/participants/%s")]
pub trait Calls {
    async fn get(&self, id: u32, participant: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(1, "p").await };
}
