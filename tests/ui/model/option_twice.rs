//! The same option again.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model(serialize, serialize)]
pub struct Room {
    pub id: String,
}

fn main() {
    Room::new("id");
}
