//! A pager that might fail to be made.

use acs_rest::{Pager, Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self) -> Result<Pager<String>>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop(client.get().await) };
}
