//! A pager of lists.

use acs_rest::{Pager, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    fn get(&self) -> Pager<Vec<String>>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get() };
}
