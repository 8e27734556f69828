//! The api-version is not a date.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    #[since("2025-5-15")]
    pub topic: Option<String>,
}

fn main() {
    Room::new().topic("topic");
}
