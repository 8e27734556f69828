//! Two values of one text, but for its case.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Role {
    Presenter,
    #[serde(rename = "PRESENTER")]
    Speaker,
}

fn main() {
    Role::from("presenter").as_str();
}
