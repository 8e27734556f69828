//! A setter named as the constructor is.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    pub new: Option<bool>,
}

fn main() {
    Room::new();
}
