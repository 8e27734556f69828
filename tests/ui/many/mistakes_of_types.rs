//! Mistakes of ours, and mistakes that only types show, in one build: 8 errors.

use acs_rest::{Pager, Result, acs_operations};

pub struct NotJson;

#[acs_operations]
pub trait Calls {
    #[acs_operation(PSOT, "/calls/<id>")]
    async fn mute(&self, id: f64, request: &NotJson) -> Result<NotJson>;
    #[acs_operation(GET, "/calls", repeatable, items = "")]
    fn list(&self, #[query] since: Option) -> Pager<u32>;
    #[acs_operation(GET, "/calls/<id>/state")]
    async fn state(&self, id: &str) -> Result<Unknown>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move {
        client.mute(1.0, &NotJson).await?;
        client.state("id").await
    };
}
