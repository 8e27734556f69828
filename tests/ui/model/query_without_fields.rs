//! An enum as parameters.

use acs_rest::acs_model;

#[acs_model(query)]
pub enum Order {
    Ascending,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Order::Ascending)) };
}
