//! A form that is not declared as one.

use acs_rest::{Result, acs_operation};

#[derive(serde::Serialize)]
pub struct Form;

#[acs_operation(POST, "/token")]
pub trait Get {
    async fn get(&self, #[body(content_type = "application/x-www-form-urlencoded")] form: &Form) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&Form).await };
}
