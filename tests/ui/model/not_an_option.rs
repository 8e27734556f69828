//! A literal instead of an option.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model("kind")]
pub struct Room {
    pub id: String,
}

fn main() {
    Room::new("id");
}
