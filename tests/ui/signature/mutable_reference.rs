//! A parameter that is written to.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &mut String) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&mut String::new()).await };
}
