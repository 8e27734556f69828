//! A field that is not finished.

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    pub topic: String,
    pub pstn: ,
}

fn main() {
    let _ = Room::new("Planning");
}
