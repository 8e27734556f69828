//! An argument of nothing.

use acs_rest::{Result, acs_operation};

#[acs_operation(POST, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &str, nothing: ()) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id", ()).await };
}
