//! A crate that is not there.

use acs_rest::acs_model;

#[acs_model(crate = acs_reset)]
pub struct Room {
    pub topic: String,
    pub pstn: Option<bool>,
}

fn main() {
    let _ = Room::new("Planning").pstn(true);
}
