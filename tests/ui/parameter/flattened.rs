//! A struct that is flattened, as in serde.

use acs_rest::{Client, Result, acs_model, acs_operation};

#[acs_model(query)]
pub struct Options {
    pub top: Option<u32>,
}

#[acs_operation(GET, "/rooms")]
pub trait List {
    async fn list(&self, #[query(flatten)] options: &Options) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move { client.list(&Options::new()).await };
}
