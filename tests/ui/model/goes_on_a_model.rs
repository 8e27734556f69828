//! A trait is not a model.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub trait Room {}

fn main() {}
