//! A list, in a model that is only sent, of values that cannot be sent.

use acs_rest::acs_model;

pub struct Participant;

#[acs_model(serialize)]
pub struct AddParticipants {
    pub participants: Option<Vec<Participant>>,
}

fn main() {
    let _ = AddParticipants::new().clone();
}
