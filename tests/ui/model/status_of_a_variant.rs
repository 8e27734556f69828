//! An answer without its status.

use acs_rest::acs_model;

#[acs_model(by_status)]
pub enum Found {
    #[status(200)]
    Ready(String),
    Unchanged,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Found::Unchanged)) };
}
