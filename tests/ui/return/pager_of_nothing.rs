//! `Pager` of nothing.

use acs_rest::{Pager, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Calls {
    fn list(&self) -> Pager;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.list().next().await };
}
