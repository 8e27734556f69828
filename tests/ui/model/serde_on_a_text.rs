//! An attribute of serde's that texts do not take.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Role {
    Presenter,
    #[serde(other)]
    Unknown,
}

fn main() {
    Role::from("presenter").as_str();
}
