//! Two placeholders in one parameter.

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls/<id>/<tone>")]
pub trait Get {
    async fn get(&self, (id, tone): (&str, &str)) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(("id", "a")).await };
}
