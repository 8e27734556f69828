//! A missing comma between fields.

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    pub topic: String
    pub pstn: bool,
}

fn main() {
    let _ = Room::new("Planning", true);
}
