//! A crate that is not there.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>", crate = acs_reset)]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop(client) };
}
