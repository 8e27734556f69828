//! Pages of what cannot be read.

use acs_rest::{Pager, acs_operation};

pub struct Foo;

#[acs_operation(GET, "/calls")]
pub trait Get {
    fn get(&self) -> Pager<Foo>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get() };
}
