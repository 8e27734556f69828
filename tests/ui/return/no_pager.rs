//! Without `async`, and no `Pager`.

use acs_rest::acs_operation;

pub struct Foo;

#[acs_operation(GET, "/calls")]
pub trait Get {
    fn get(&self) -> Foo;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get() };
}
