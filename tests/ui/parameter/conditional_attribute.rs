//! An attribute in `cfg_attr`.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    async fn get(&self, #[cfg_attr(test, query)] top: u32) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(1).await };
}
