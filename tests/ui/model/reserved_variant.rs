//! The name of the variant that is added.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Role {
    Presenter,
    UnknownValue,
}

fn main() {
    Role::from("presenter").as_str();
}
