//! No name for the field.

use acs_rest::{Pager, acs_operation};

#[acs_operation(GET, "/calls", items = values)]
pub trait Get {
    fn get(&self) -> Pager<String>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get() };
}
