//! A type that is no path value.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<ratio>")]
pub trait Get {
    async fn get(&self, ratio: f64) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(0.5).await };
}
