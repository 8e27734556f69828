//! An enum without values.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Role {}

fn main() {}
