//! On a type.

use acs_rest::acs_operation;

#[acs_operation(GET, "/calls")]
pub struct Calls;

fn main() {
    let _ = |client: acs_rest::Client| async move { (client, Calls) };
}
