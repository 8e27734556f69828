//! A method of a group without attribute and body.

use acs_rest::{Result, acs_operations};

#[acs_operations]
pub trait Calls {
    #[acs_operation(GET, "/calls/<id>")]
    async fn get(&self, id: &str) -> Result<()>;
    fn helper(&self) -> u8;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { (client.get("id").await, client.helper()) };
}
