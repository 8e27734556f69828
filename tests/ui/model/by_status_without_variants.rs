//! A struct as answers.

use acs_rest::acs_model;

#[acs_model(by_status)]
pub struct Found {
    pub id: String,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Found::new("a"))) };
}
