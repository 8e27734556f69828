//! A page that may be missing.

use acs_rest::{Pager, acs_operation};

#[acs_operation(GET, "/calls", success_codes(404))]
pub trait Get {
    fn get(&self) -> Pager<String>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().next().await };
}
