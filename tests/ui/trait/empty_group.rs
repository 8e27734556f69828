//! A group of nothing.

use acs_rest::acs_operations;

#[acs_operations]
pub trait Get {}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop(client) };
}
