//! A body that stays on its thread.

use acs_rest::{Result, acs_operation};

#[derive(Default, serde::Serialize)]
pub struct Shared {
    #[serde(skip)]
    pub count: std::cell::Cell<u8>,
}

#[acs_operation(POST, "/calls")]
pub trait Get {
    async fn get(&self, shared: &Shared) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&Shared::default()).await };
}
