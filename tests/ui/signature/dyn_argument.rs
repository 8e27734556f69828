//! A trait for a type.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &dyn ToString) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&1).await };
}
