//! An optional body that stays on its thread.

use acs_rest::{Result, acs_operation};

#[derive(serde::Serialize)]
pub struct Request;

#[acs_operation(POST, "/calls")]
pub trait Get {
    async fn get(&self, request: Option<std::rc::Rc<Request>>) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(None).await };
}
