//! An `Option` in an `Option` is sent as `null`.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct UpdateRoomRequest {
    pub topic: Option<Option<String>>,
}

fn main() {
    UpdateRoomRequest::new();
}
