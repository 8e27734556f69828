//! A tag on an enum of texts.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model(tag = "type")]
pub enum Role {
    Presenter,
}

fn main() {
    Role::from("presenter");
}
