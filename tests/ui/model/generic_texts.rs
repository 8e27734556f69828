//! An enum of texts with generics.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Role<T> {
    Presenter,
}

fn main() {}
