//! Two conditions for one field.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    #[since("2025-05-15")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

fn main() {
    Room::new().topic("topic");
}
