//! What `#[async_trait]` makes of a trait.

use acs_rest::{Result, acs_operation};
use std::pin::Pin;

#[acs_operation(GET, "/calls/<id>")]
pub trait Calls {
    fn get<'life0, 'life1, 'async_trait>(
        &'life0 self,
        id: &'life1 str,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'async_trait>>
    where
        'life0: 'async_trait,
        'life1: 'async_trait,
        Self: 'async_trait;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get("id").await };
}
