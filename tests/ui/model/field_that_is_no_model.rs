//! The type of a field has none of the traits of a model, and rustc reports each: 5 errors.

use acs_rest::acs_model;

pub struct Participant {
    pub id: String,
}

#[acs_model]
pub struct Room {
    pub participant: Participant,
}

fn main() {}
