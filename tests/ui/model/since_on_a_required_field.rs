//! A later field is required.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    #[since("2025-05-15")]
    pub topic: String,
}

fn main() {
    Room::new("topic");
}
