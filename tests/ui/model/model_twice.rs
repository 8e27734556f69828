//! The attribute twice.

use acs_rest::acs_model;

#[acs_model]
#[acs_model(serialize)]
pub struct Room {
    pub topic: String,
}

fn main() {
    let _ = Room::new("Planning").clone();
}
