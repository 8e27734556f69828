//! A trait of no use.

use acs_rest::acs_operation;

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop(client) };
}
