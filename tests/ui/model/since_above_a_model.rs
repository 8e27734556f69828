//! The version of a whole model.

use acs_rest::acs_model;

#[acs_model]
#[since("2025-05-15")]
pub struct Room {
    pub topic: String,
}

fn main() {
    let _ = Room::new("Planning");
}
