//! Both directions are the default.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model(serialize, deserialize)]
pub struct Room {
    pub id: String,
}

fn main() {
    Room::new("id");
}
