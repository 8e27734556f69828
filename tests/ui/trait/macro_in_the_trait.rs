//! Operations out of a macro.

use acs_rest::{Result, acs_operation};

#[allow(unused_macros)]
macro_rules! more {
    () => {};
}

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    more!();
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
