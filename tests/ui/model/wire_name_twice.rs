//! Two fields of one name on the wire.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct Room {
    pub room_id: String,
    #[serde(rename = "roomId")]
    pub id: Option<String>,
}

fn main() {
    Room::new("id").id("id");
}
