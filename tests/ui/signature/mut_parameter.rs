//! `mut` on a parameter.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, mut id: String) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(String::new()).await };
}
