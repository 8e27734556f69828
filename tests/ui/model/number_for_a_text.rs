//! A discriminant for a text.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Role {
    Presenter = "presenter",
}

fn main() {
    Role::from("presenter").as_str();
}
