//! A type that is not there.

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    pub topic: Option<Strnig>,
}

fn main() {
    let _ = Room::new();
}
