//! A tuple struct.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct RoomId(String);

fn main() {
    RoomId(String::new());
}
