//! Two placeholders with nothing between them, and no parameters.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<kind><id>")]
pub trait Get {
    async fn get(&self) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
