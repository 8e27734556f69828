//! A lifetime that the model does not declare.

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    pub topic: Option<&'a str>,
}

fn main() {
    let _ = Room::new().topic("Planning");
}
