//! An option of serde's.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model(rename_all = "PascalCase")]
pub struct Room {
    pub id: String,
}

fn main() {
    Room::new("id");
}
