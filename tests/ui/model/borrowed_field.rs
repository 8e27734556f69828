//! A field that borrows.

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    pub topic: &str,
}

fn main() {
    let _ = Room::new("Planning").topic;
}
