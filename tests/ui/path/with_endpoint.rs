//! The line of the REST page as it is: 2 errors.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "{endpoint}/calls/{id}?api-version=2024-09-15")]
pub trait Get {
    async fn get(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
