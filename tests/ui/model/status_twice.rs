//! A status of two answers.

use acs_rest::acs_model;

#[acs_model(by_status)]
pub enum Found {
    #[status(200)]
    Ready(String),
    #[status(200)]
    Pending,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Found::Pending)) };
}
