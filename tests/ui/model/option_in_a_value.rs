//! An `Option` in a map is sent as `null`.

#![allow(unused_must_use)]

use acs_rest::acs_model;

use std::collections::BTreeMap;

#[acs_model]
pub struct UpdateParticipantsRequest {
    pub participants: BTreeMap<String, Option<String>>,
}

fn main() {
    UpdateParticipantsRequest::new([("a", None)]);
}
