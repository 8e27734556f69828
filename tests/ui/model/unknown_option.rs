//! The option is misspelt.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model(serialise)]
pub struct Room {
    pub id: String,
}

fn main() {
    Room::new("id");
}
