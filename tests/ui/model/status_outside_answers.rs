//! Statuses of an enum that is a union.

use acs_rest::acs_model;

#[acs_model]
pub enum Exported {
    #[status(200)]
    Ready(String),
    #[status(202)]
    Pending,
}

fn main() {
    let _ = Exported::ready("a");
}
