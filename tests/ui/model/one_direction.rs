//! A model that is only read, in one that is also sent.

use acs_rest::acs_model;

#[acs_model(deserialize)]
pub struct Participant {
    pub id: String,
}

#[acs_model]
pub struct Room {
    pub participant: Participant,
}

fn main() {
    let _ = |participant: Participant| Room::new(participant).clone();
}
