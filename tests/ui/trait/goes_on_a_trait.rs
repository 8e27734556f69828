//! On a function, as elsewhere.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub async fn get(id: &str) -> Result<()>;

fn main() {
    let _ = |client: acs_rest::Client| async move { (client, get("id").await) };
}
