//! The attribute is misspelt.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    #[sinse("2025-05-15")]
    pub topic: Option<String>,
}

fn main() {
    Room::new().topic("topic");
}
