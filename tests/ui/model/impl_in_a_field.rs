//! A field without a concrete type.

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    pub topic: impl Into<String>,
}

fn main() {}
